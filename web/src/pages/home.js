// The first page: the schedule.

import { startCountdown } from "../countdown.js";

startCountdown();
