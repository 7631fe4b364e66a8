package org.holdfast.format;

import java.util.Arrays;

/**
 * The 24 bytes at the head of most objects: magic number, version, a number whose meaning depends on the object, two
 * zero bytes, domain id. There is exactly one right header for every object, and it is also its associated data.
 */
final class Header {
    static final int BYTES = 24;
    static final int DOMAIN_BYTES = 16;

    private Header() {
    }

    static byte[] of(int magic, int number, byte[] domainId) {
        return new ByteWriter(BYTES).u32(magic).u8(Version.CURRENT).u8(number).u16(0).raw(domainId).toByteArray();
    }

    /**
     * Reads and checks a header.
     *
     * @param domainId the domain it must belong to, or null when that is not known yet
     * @return the number behind the version
     */
    static int parse(ByteReader in, String what, int magic, byte[] domainId) {
        if (in.u32() != magic) {
            throw in.damaged("it does not start like one");
        }
        Version.check(what, in.u8());
        int number = in.u8();
        if (in.u16() != 0) {
            throw in.damaged("its header is wrong");
        }
        byte[] domain = in.raw(DOMAIN_BYTES);
        if (domainId != null && !Arrays.equals(domain, domainId)) {
            throw in.damaged("it belongs to another encryption domain");
        }
        return number;
    }
}
