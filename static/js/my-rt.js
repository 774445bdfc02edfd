// A resident's home: cards that stay true, and the switches of the Ketua RT.
import { wishAhead } from "./ahead.js";
import { keepCards } from "./cards.js";
import { showVisibility, useSwitches } from "./visibility.js";

wishAhead();
useSwitches();
keepCards({ onCamera: showVisibility });
