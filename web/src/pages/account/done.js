// The account is made: its number, the card, and on to signing in.

import { api } from "../../core/api.js";
import { fill } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";

const kept = sessionStorage.getItem("account");
if (kept) fill(document, JSON.parse(kept));
else {
  try {
    fill(document, await api("GET", "registration/enrolment", { guest: true }));
  } catch (problem) {
    showProblem(problem);
  }
}
