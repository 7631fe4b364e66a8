package org.holdfast.format;

/** What a pack holds. The two kinds never mix, so that browsing touches no data pack. */
public enum PackKind {
    /** Content of files. */
    DATA(1, "data/"),
    /** Directory pages and segment lists. */
    META(2, "meta/");

    private final int code;
    private final String prefix;

    PackKind(int code, String prefix) {
        this.code = code;
        this.prefix = prefix;
    }

    /** Number in the format. */
    public int code() {
        return code;
    }

    /** What names of packs of this kind start with. */
    public String prefix() {
        return prefix;
    }

    /** Name of a pack in the store. */
    public String objectName(Id pack) {
        return prefix + pack.hex();
    }

    /** Name of the pack in an object of the store, or null when it is no pack of this kind. */
    public Id pack(String objectName) {
        boolean fits = objectName.startsWith(prefix) && objectName.length() == prefix.length() + 2 * Id.SIZE;
        return fits ? Id.parse(objectName.substring(prefix.length())) : null;
    }

    /** The kind with a number. */
    public static PackKind of(int code, ByteReader in) {
        return switch (code) {
            case 1 -> DATA;
            case 2 -> META;
            default -> throw in.damaged("there is no kind of pack " + code);
        };
    }
}
