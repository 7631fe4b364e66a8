package org.holdfast.simulation;

/** Ends what a party was doing when it died. No error of a program, so nobody is to catch it. */
final class Crashed extends Error {
    private static final long serialVersionUID = 1L;

    Crashed(String who) {
        super(who + " is dead", null, false, false);
    }
}
