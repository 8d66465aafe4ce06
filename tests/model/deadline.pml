/* The deadline's protocol over a store like DynamoDB, for Spin; tests/model/test_spin.py says which runs there are.
 *
 * Writers, an official (extends, finalizes early, reopens), lockers and a sealer, as in the Python model beside this
 * file, written a second time and by another hand's rules: atomic{} is one step of the store. An item belongs to at
 * most one ongoing transaction (its holder); parts are prepared and applied one by one, in any order; plain reads wait
 * for nobody.
 *
 * -D leaves a rule out: READ_FIRST OWN_CLOCK STAMP_AGAIN FEWER_LANES META_FIRST NO_DRAIN NO_EPOCH MOVE_ANYWAY
 * SAME_EPOCH RECORD_ANYWAY PLAIN_COUNTERS PLAIN_READS NO_COMPARISON. READS_META: whom a lane refuses reads meta to
 * learn why.
 *
 * With PAIR writer 0 moves both people in its transaction. ONE_BY_ONE: each in one of its own; COUNT_ONE: it counts
 * one version for the two.
 *
 * With PORTALS the window is that of entry: instead of lockers and sealer there is the portal that pre-finalizes, and
 * who makes the numbered list. No transaction then outlives its function. PORTAL_ANYWAY MOVE_STALE LIST_AT_ONCE leave
 * a rule out.
 */
#ifndef WRITERS
#define WRITERS 3
#endif
#ifndef LANES
#define LANES 2
#endif
#ifndef LOCKERS
#define LOCKERS 1
#endif
#ifndef DEEDS
#define DEEDS 0                       /* which deeds the official may do, each once */
#endif
#ifndef CLOSES
#define CLOSES 1
#endif
#ifndef UNTIL
#define UNTIL 3                       /* what an extension or a reopening moves the window to */
#endif
#ifndef HORIZON
#define HORIZON 2                     /* the last tick */
#endif
#define EXTEND 1
#define FINALIZE 2
#define REOPEN 4
#define PREFINALIZE 8                 /* by hand */

#define LIFE 1                        /* ticks a function may act after its receipt */
#ifdef NO_DRAIN
#define DRAIN 0
#endif
#ifndef DRAIN
#define DRAIN 1
#endif
#ifdef FEWER_LANES
#define KNOWN (LANES - 1)
#else
#define KNOWN LANES
#endif

#define META LANES                    /* the gate's items: lanes first, then meta */
#define FREE 0
#define PEOPLE 2                      /* person 0 is there from the start (bit 0); person 1 is new */
#ifdef ONE_BY_ONE
byte moved;                           /* how many writer 0 has moved; the only writer then */
#define PERSON(w) moved
#else
#define PERSON(w) (w % PEOPLE)        /* writers 0 and 2 both want person 0 */
#endif
#define BIT(w) (2 << w)
#if defined(PAIR) && !defined(ONE_BY_ONE)
#define MOVES_BOTH(w) (w == 0)
#else
#define MOVES_BOTH(w) false
#endif
#define OTHER(w) (1 - PERSON(w))
#define ALL(w) (MOVES_BOTH(w) -> 15 : 7)   /* parts of a transaction: lane, counter, person, the other person */
#ifdef COUNT_ONE
#define COUNTS(w) 1
#else
#define COUNTS(w) (MOVES_BOTH(w) -> 2 : 1)
#endif
#define OFFICIAL (WRITERS + 1)        /* as a holder; writer w is w + 1 */

byte now;
byte epoch[LANES + 1], closes[LANES + 1], holder[LANES + 1];
bool open[LANES + 1];
byte people[LANES], versions[LANES], countHolder[LANES];
byte value[PEOPLE], valueHolder[PEOPLE];

/* the truth: what has been decided, applied or not */
byte trueEpoch, trueCloses, trueValue[PEOPLE], acknowledged;
bool trueOpen;
/* the recorded seal */
byte sealEpoch, sealed[PEOPLE];
#ifdef PORTALS
/* the newest numbered list by the close of entry it was made for, plus 1; 0 for none: meta's, the truth, the one made */
byte newest, trueNewest, listing;
bool listingNew;                      /* whether person 1 stands on it */
bool busy[WRITERS + 1];               /* has a transaction under way, the official last, that ends until then */
byte ends[WRITERS + 1];
#define MADE_FOR_THE_CLOSE (trueNewest > trueCloses)
#define SENDS(me, tick) busy[me] = true; ends[me] = tick
#define IS_OVER(me) busy[me] = false; ends[me] = 0
#define MAY_TICK(me) (!busy[me] || now < ends[me])
#if WRITERS == 1
#define ALL_MAY_TICK (MAY_TICK(0) && MAY_TICK(1))
#else
#define ALL_MAY_TICK (MAY_TICK(0) && MAY_TICK(1) && MAY_TICK(2))     /* two writers and the official */
#endif
#define READS_LIST lst = newest
#else
#define READS_LIST skip
#define SENDS(me, tick) skip
#define IS_OVER(me) skip
#endif

#define ONES(x) (((x) & 1) + (((x) >> 1) & 1) + (((x) >> 2) & 1) + (((x) >> 3) & 1) + (((x) >> 4) & 1))
#define SEAL_STANDS (sealEpoch == trueEpoch && !trueOpen)

inline check_seal() {                 /* I2 and I3 */
    assert(!SEAL_STANDS || (sealed[0] == trueValue[0] && sealed[1] == trueValue[1]));
    assert(!SEAL_STANDS || ((acknowledged & ~(sealed[0] | sealed[1])) == 0));
#ifdef PAIR
    assert(!SEAL_STANDS || (sealed[0] & BIT(0)) == (sealed[1] & BIT(0)))     /* together */
#endif
}

inline check_commit(stamp) {          /* I1 and I0 */
    assert(trueOpen);
    assert(stamp < trueCloses)
}

inline check_refusal(at) {            /* carried */
    assert(at >= trueCloses)
}

inline check_list() {                 /* listed */
#ifdef PORTALS
    assert(listing != trueNewest || !MADE_FOR_THE_CLOSE || trueValue[1] == 0 || listingNew)
#else
    skip
#endif
}

inline let_go(me, l, w) {
    IS_OVER(me - 1);
    if :: holder[l] == me -> holder[l] = FREE :: else fi;
    if :: countHolder[l] == me -> countHolder[l] = FREE :: else fi;
    if :: valueHolder[w] == me -> valueHolder[w] = FREE :: else fi;
    if :: valueHolder[1 - w] == me -> valueHolder[1 - w] = FREE :: else fi
}

inline decide(w, stamp) {
    check_commit(stamp);
    trueValue[PERSON(w)] = trueValue[PERSON(w)] | BIT(w);
    if :: MOVES_BOTH(w) -> trueValue[OTHER(w)] = trueValue[OTHER(w)] | BIT(w) :: else fi;
    SENDS(w, now);
    check_seal();
    check_list()
}

inline acknowledge(w) {
    acknowledged = acknowledged | BIT(w);
    IS_OVER(w);
    check_seal()
}

proctype Writer(byte w) {
    byte received, stamp, ep, lane, todo;

    atomic { received = now; stamp = now }
begin:
    atomic {
        if
        :: received < closes[META] -> ep = epoch[META]
        :: else -> goto over
        fi
    }
#ifdef READ_FIRST
    atomic { if :: open[0] && received < closes[0] :: else -> goto over fi }
    atomic { decide(w, received); value[PERSON(w)] = value[PERSON(w)] | BIT(w); acknowledge(w); goto over }
#endif
#ifdef OWN_CLOCK
    atomic { if :: received < closes[META] :: else -> goto over fi }
    atomic { decide(w, received); value[PERSON(w)] = value[PERSON(w)] | BIT(w); acknowledge(w); goto over }
#endif

ready:
    atomic {
        todo = 0;
        if
        :: now > received + LIFE -> goto over
        :: now <= received + LIFE -> lane = 0
        :: now <= received + LIFE -> lane = LANES - 1
#if LANES > 2
        :: now <= received + LIFE -> lane = 1
#endif
        fi;
#ifdef STAMP_AGAIN
        stamp = now;
#endif
        todo = ALL(w);
        SENDS(w, received + LIFE)
    }
    do
    :: atomic {
        todo & 1 ->
        if
        :: holder[lane] != FREE -> let_go(w + 1, lane, PERSON(w)); goto ready
        :: holder[lane] == FREE && open[lane] && closes[lane] > stamp && epoch[lane] == ep ->
            holder[lane] = w + 1; todo = todo & 14
        :: else -> let_go(w + 1, lane, PERSON(w)); goto refused
        fi
       }
    :: atomic {
        (todo & 3) == 2 ->
        if
        :: countHolder[lane] != FREE -> let_go(w + 1, lane, PERSON(w)); goto ready
        :: else -> countHolder[lane] = w + 1; todo = todo & 13
        fi
       }
    :: atomic {
        (todo & 7) == 4 ->
        if
        :: valueHolder[PERSON(w)] != FREE -> let_go(w + 1, lane, PERSON(w)); goto ready
        :: valueHolder[PERSON(w)] == FREE && value[PERSON(w)] == 1 - PERSON(w) ->
            valueHolder[PERSON(w)] = w + 1; todo = todo & 11
        :: else -> let_go(w + 1, lane, PERSON(w)); goto over          /* somebody else wrote this person */
        fi
       }
    :: atomic {
        todo == 8 ->
        if
        :: valueHolder[OTHER(w)] != FREE -> let_go(w + 1, lane, PERSON(w)); goto ready
        :: valueHolder[OTHER(w)] == FREE && value[OTHER(w)] == 1 - OTHER(w) -> valueHolder[OTHER(w)] = w + 1; todo = 0
        :: else -> let_go(w + 1, lane, PERSON(w)); goto over
        fi
       }
    :: atomic { todo == 0 -> decide(w, stamp); received = 0; stamp = 0; ep = 0; todo = ALL(w); break }
    od;
    do
    :: atomic { todo & 1 -> holder[lane] = FREE; todo = todo & 14 }
    :: atomic {
        todo & 2 ->
        people[lane] = people[lane] + (MOVES_BOTH(w) -> 1 : PERSON(w)); versions[lane] = versions[lane] + COUNTS(w);
        countHolder[lane] = FREE; todo = todo & 13
       }
    :: atomic {
        todo & 4 -> value[PERSON(w)] = value[PERSON(w)] | BIT(w); valueHolder[PERSON(w)] = FREE; todo = todo & 11
       }
    :: atomic {
        todo & 8 -> value[OTHER(w)] = value[OTHER(w)] | BIT(w); valueHolder[OTHER(w)] = FREE; todo = todo & 7
       }
#ifdef ONE_BY_ONE
    :: atomic { todo == 0 && moved == 0 -> acknowledge(w); moved = 1; goto begin }
    :: atomic { todo == 0 && moved == 1 -> acknowledge(w); goto over }
#else
    :: atomic { todo == 0 -> acknowledge(w); goto over }
#endif
    od;

refused:                               /* by the lane: why? */
#ifdef READS_META
    atomic {
        if
        :: now > received + LIFE
        :: now <= received + LIFE && epoch[META] != ep && received < closes[META] -> ep = epoch[META]; goto ready
        :: else -> check_refusal(received)
        fi
    }
#else
    atomic {
        if
        :: now > received + LIFE
        :: now <= received + LIFE && epoch[lane] != ep && open[lane] && received < closes[lane] ->
            ep = epoch[lane]; goto ready
        :: else -> check_refusal(received)
        fi
    }
#endif
over:
    atomic { received = 0; stamp = 0; ep = 0; lane = 0; todo = 0 }
}

#ifdef MOVE_ANYWAY
#define MOVABLE(k) true
#else
#define MOVABLE(k) open[k] == (deed != REOPEN)
#endif
#ifdef PORTALS
#ifdef MOVE_STALE
#define RECORD_AS_READ(k) true
#else
#define RECORD_AS_READ(k) (k != META || newest == lst)
#endif
#else
#define RECORD_AS_READ(k) true
#endif

proctype Official() {
    byte did, deed, ep, until, todo, k;
#ifdef PORTALS
    byte lst;
#endif

end:
    do
    :: atomic {
        (DEEDS & EXTEND) && !(did & EXTEND) && open[META] && now < UNTIL && UNTIL > closes[META] ->
        deed = EXTEND; until = UNTIL; ep = epoch[META]; READS_LIST; goto asked
       }
    :: atomic {
        (DEEDS & FINALIZE) && !(did & FINALIZE) && open[META] && now < closes[META] ->
        deed = FINALIZE; until = now; ep = epoch[META]; READS_LIST; goto asked
       }
    :: atomic {
        (DEEDS & REOPEN) && !(did & REOPEN) && !open[META] && now < UNTIL ->
        deed = REOPEN; until = UNTIL; ep = epoch[META]; READS_LIST; goto asked
       }
#ifdef PORTALS
    :: atomic {
        (DEEDS & PREFINALIZE) && !(did & PREFINALIZE) && newest == 0 && now < closes[META] ->
        deed = PREFINALIZE; until = now; ep = epoch[META]; SENDS(WRITERS, now + LIFE); goto asked
       }
#endif
    od;
asked:
    do
    :: atomic {
        k <= META ->
        if
        :: holder[k] != FREE -> goto conflict
        :: holder[k] == FREE && epoch[k] == ep && (MOVABLE(k)) && (RECORD_AS_READ(k)) ->
            holder[k] = OFFICIAL; k++
        :: else -> did = did | deed; goto conflict
        fi
       }
    :: atomic {
        k > META ->
#ifdef SAME_EPOCH
        trueEpoch = ep + (deed != REOPEN);
#else
        trueEpoch = ep + 1;
#endif
        trueCloses = until; trueOpen = trueOpen || deed == REOPEN;
#ifdef PORTALS
        assert(lst == trueNewest);   /* lists: none is forgotten */
        lst = (deed == PREFINALIZE -> until + 1 : lst);
        trueNewest = lst; IS_OVER(WRITERS);
#endif
        check_list();
        todo = (2 << LANES) - 1; k = 0; break
       }
    od;
    do
    :: atomic {
        todo != 0 ->
        k = 0;                         /* any part that is not applied yet */
        do
        :: !(todo & (1 << k)) -> k++
        :: todo & (1 << k) -> break
        :: (todo & (1 << k)) && (todo >> (k + 1)) -> k++
        od;
#ifdef SAME_EPOCH
        epoch[k] = ep + (deed != REOPEN);
#else
        epoch[k] = ep + 1;
#endif
        closes[k] = until; open[k] = open[k] || deed == REOPEN;
#ifdef PORTALS
        if :: k == META -> newest = lst :: else fi;
#endif
        holder[k] = FREE; todo = todo & ~(1 << k); k = 0
       }
    :: atomic {
        todo == 0 ->
        did = did | deed; deed = 0; ep = 0; until = 0;
#ifdef PORTALS
        lst = 0;
#endif
        goto end
       }
    od;
conflict:
    atomic {
        IS_OVER(WRITERS);
#ifdef PORTALS
        lst = 0;
#endif
        k = 0;
        do :: k <= META -> if :: holder[k] == OFFICIAL -> holder[k] = FREE :: else fi; k++ :: else -> break od;
        deed = 0; ep = 0; until = 0; todo = 0; k = 0; goto end
    }
}

#define OVER(k) ((AS_READ(k)) && closes[k] <= at)
#ifdef NO_EPOCH
#define AS_READ(k) true
#else
#define AS_READ(k) epoch[k] == ep
#endif

inline file_lock() {
    open[META] = false; trueOpen = false
}

proctype Locker() {
    byte ep, at, k;
end:
    atomic { open[META] && now >= closes[META] + DRAIN -> ep = epoch[META]; at = now; k = 0 }
#ifdef META_FIRST
    atomic { holder[META] == FREE -> if :: OVER(META) -> file_lock() :: else -> goto again fi }
#endif
    do
    :: atomic { k < KNOWN && holder[k] == FREE && (OVER(k)) -> open[k] = false; k++ }
    :: atomic { k < KNOWN && holder[k] == FREE && !(OVER(k)) -> goto again }     /* the round has moved */
    :: atomic { k == KNOWN -> break }
    :: goto again                                                                /* it is killed */
    od;
    atomic { holder[META] == FREE -> if :: OVER(META) -> file_lock() :: else fi }
again:
    atomic { ep = 0; at = 0; k = 0; goto end }
}

#ifdef PLAIN_COUNTERS
#define COUNTABLE(k) true
#else
#define COUNTABLE(k) countHolder[k] == FREE
#endif
#ifdef PLAIN_READS
#define READABLE(p) true
#else
#define READABLE(p) valueHolder[p] == FREE
#endif
#ifdef RECORD_ANYWAY
#define RECORDABLE true
#else
#define RECORDABLE (epoch[META] == ep && !open[META])
#endif
#ifdef NO_COMPARISON
#define EQUAL true
#define LISTABLE true
#else
#define LISTABLE (n == (read[0] != 0) + (read[1] != 0))
#define EQUAL (n == (read[0] != 0) + (read[1] != 0) && v == ONES(read[0]) + ONES(read[1]))
#endif

proctype Sealer() {
    byte ep, k, n, v, read[PEOPLE];
    bool listed;
end:
    atomic { !open[META] && sealEpoch != epoch[META] -> ep = epoch[META] }
    atomic {                           /* the index may not show yet who is new */
        if :: listed = false :: value[1] != 0 -> listed = true fi
    }
    atomic { READABLE(0) -> read[0] = value[0] }
    atomic { !listed || (READABLE(1)) -> if :: listed -> read[1] = value[1] :: else fi; listed = false }
    do
    :: atomic { k < LANES && (COUNTABLE(k)) -> n = n + people[k]; v = v + versions[k]; k++ }
    :: atomic { k == LANES -> if :: EQUAL -> k = 0; n = 0; v = 0; break :: else -> goto again fi }
    od;
    atomic {
        holder[META] == FREE ->
        if
        :: RECORDABLE ->             /* I2 */
            assert(!trueOpen && read[0] == trueValue[0] && read[1] == trueValue[1]);
            sealEpoch = ep; sealed[0] = read[0]; sealed[1] = read[1];
            check_seal()
        :: else
        fi
    }
again:
    atomic { ep = 0; k = 0; n = 0; v = 0; read[0] = 0; read[1] = 0; listed = false; goto end }
}

#ifdef PORTALS
#ifdef PORTAL_ANYWAY
#define AS_SEEN true
#else
#define AS_SEEN (epoch[META] == ep && newest == lst)
#endif
proctype Portal() {
    byte ep, lst, shut;
end:
    atomic {
        newest <= closes[META] && now >= closes[META] + DRAIN ->
        ep = epoch[META]; lst = newest; shut = closes[META]
    }
    if
    :: atomic {
        holder[META] == FREE ->
        if
        :: AS_SEEN ->
            assert(now >= trueCloses);               /* early */
            assert(!MADE_FOR_THE_CLOSE);             /* lists: one a close */
            newest = shut + 1; trueNewest = shut + 1; check_list()
        :: else
        fi
       }
    :: skip                                          /* it is killed */
    fi;
    atomic { ep = 0; lst = 0; shut = 0; goto end }
}

#ifdef LIST_AT_ONCE
#define DRAINED true
#else
#define DRAINED (now >= newest - 1 + DRAIN)
#endif
proctype Lister() {
    byte lst, k, n, read[PEOPLE];
    bool shown;
end:
    atomic { newest != 0 && listing != newest && DRAINED -> lst = newest }
    atomic {                           /* the index may not show yet who is new */
        if :: shown = false :: value[1] != 0 -> shown = true fi
    }
    atomic { READABLE(0) -> read[0] = value[0] }
    atomic { !shown || (READABLE(1)) -> if :: shown -> read[1] = value[1] :: else fi; shown = false }
    do
    :: atomic { k < LANES && (COUNTABLE(k)) -> n = n + people[k]; k++ }          /* with nothing pending on it */
    :: atomic { k == LANES -> break }
    od;
    atomic {
        if
        :: newest == lst && (LISTABLE) -> listing = lst; listingNew = read[1] != 0; check_list()
        :: else
        fi;
        lst = 0; k = 0; n = 0; read[0] = 0; read[1] = 0; goto end
    }
}
#endif

proctype Clock() {
end:
#ifdef PORTALS
    do :: atomic { now < HORIZON && ALL_MAY_TICK -> now++ } od
#else
    do :: now < HORIZON -> now++ od
#endif
}

init {
    byte k;
    atomic {
        do
        :: k <= META -> epoch[k] = 1; closes[k] = CLOSES; open[k] = true; k++
        :: else -> break
        od;
        trueEpoch = 1; trueCloses = CLOSES; trueOpen = true;
        value[0] = 1; trueValue[0] = 1; people[0] = 1; versions[0] = 1;
        k = 0;
        do :: k < WRITERS -> run Writer(k); k++ :: else -> break od;
        k = 0;
        do :: k < LOCKERS -> run Locker(); k++ :: else -> break od;
#ifdef PORTALS
        k = 0;
        do :: k < PORTALS -> run Portal(); k++ :: else -> break od;
        run Lister(); run Clock();
#else
        run Sealer(); run Clock();
#endif
        if :: DEEDS -> run Official() :: else fi;
        k = 0
    }
}
