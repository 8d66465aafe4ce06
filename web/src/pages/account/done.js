// The account is made: its number, the card, and on to signing in.

import { api } from "../../api.js";
import { fill } from "../../dom.js";
import { showProblem } from "../../problems.js";

const kept = sessionStorage.getItem("account");
if (kept) fill(document, JSON.parse(kept));
else {
  try {
    fill(document, await api("GET", "registration/enrolment", { guest: true }));
  } catch (problem) {
    showProblem(problem);
  }
}
