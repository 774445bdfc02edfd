// The map of the form: a tap sets the place. Without it the two fields are typed.
import { pickPlace } from "./map-pick.js";

const [root, latitude, longitude] = ["#titik", "[name=latitude]", "[name=longitude]"].map((part) => document.querySelector(part));
const hint = document.querySelector("#petunjuk-titik");
hint.hidden = false;
pickPlace(root, latitude, longitude).catch(() => (hint.hidden = true));
