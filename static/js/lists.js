// Pages of the hierarchy: their cards stay true.
import { wishAhead } from "./ahead.js";
import { keepCards } from "./cards.js";

wishAhead();
keepCards();
