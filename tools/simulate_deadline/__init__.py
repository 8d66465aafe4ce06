"""`make simulate-deadline`: what the gate does on the last minutes before the deadline, event by event.

No emulator holds an item against another transaction as DynamoDB does (docs/adr/0001), so conflicts cannot be measured
at home. Here they are simulated: gated writes arrive, hold a lane, meet each other, try again as `services/kernel`
does, and at the deadline a locker closes every lane of every institution. Rules come from the services themselves;
what only AWS knows (how long an item is held, how long an answer takes) is a parameter with its unit.

All instants are seconds, and the deadline is instant 0.
"""
