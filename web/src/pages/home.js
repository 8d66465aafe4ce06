// The first page: the schedule.

import { startCountdown } from "../time/countdown.js";

startCountdown();
