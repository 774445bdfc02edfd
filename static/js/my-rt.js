// A resident's home: cards that stay true, and the switches of the Ketua RT.
import { keepCards } from "tilik/cards";
import { showVisibility, useSwitches } from "tilik/visibility";

useSwitches();
keepCards({ onCamera: showVisibility });
