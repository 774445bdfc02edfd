// Pages of the hierarchy: their cards stay true.
import { keepCards } from "tilik/cards";

keepCards();
