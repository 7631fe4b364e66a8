package org.holdfast.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A set of extended attributes as bytes: pairs of name and value in the order of names. */
public final class AttributeSet {
    /** No attributes. */
    public static final byte[] NONE = new byte[0];

    /** Largest set that is kept; a page has to stay below the largest raw blob. */
    public static final int MAX_BYTES = 4 << 20;

    private AttributeSet() {
    }

    /** Builds the bytes; attributes must come in the order of their names. */
    public static final class Builder {
        private final ByteWriter out = new ByteWriter(64);

        /** Adds one attribute. */
        public Builder add(byte[] name, byte[] value) {
            out.string(name).string(value);
            return this;
        }

        /** The bytes. */
        public byte[] build() {
            return out.toByteArray();
        }
    }

    /** Hands out all attributes of a set. */
    public static void forEach(byte[] set, BiConsumer<byte[], byte[]> visitor) {
        var in = new ByteReader("A set of extended attributes", set);
        List<byte[]> parts = new ArrayList<>();
        while (in.remaining() > 0) {
            parts.add(in.string(in.remaining(), "an attribute's name"));
            parts.add(in.string(in.remaining(), "an attribute's value"));
        }
        for (int i = 0; i < parts.size(); i += 2) {
            visitor.accept(parts.get(i), parts.get(i + 1));
        }
    }
}
