package org.holdfast.engine.internal.restore;

import java.util.Arrays;

/**
 * Where an entry is to be made.
 *
 * @param kind why there
 * @param create name under which it is made
 * @param name name it has in the end; another one when it takes the place of something
 * @param replacedMode mode of what it replaces
 */
record Place(Kind kind, byte[] create, byte[] name, int replacedMode) {
    /** Why an entry is made where it is made. */
    enum Kind {
        /** Nothing was there. */
        NEW,
        /** Beside something that keeps the name. */
        COPY,
        /** In place of something. */
        REPLACEMENT,
        /** An earlier run began it; what is good of it is kept. */
        CONTINUED
    }

    static Place fresh(byte[] name) {
        return new Place(Kind.NEW, name, name, 0);
    }

    boolean renamed() {
        return !Arrays.equals(create, name);
    }
}
