package org.holdfast.format;

import java.util.Arrays;

/**
 * The first object of a vault: which encryption domain it holds and what a program must know to use it.
 *
 * @param domainId random id of the domain, 16 bytes
 * @param created seconds since 1970
 * @param readFeatures bits a program must know to read; an unknown one means it must not
 * @param writeFeatures bits a program must know to write
 * @param publicKey Ed25519 key that checks signatures, 32 bytes
 */
public record VaultDescriptor(byte[] domainId, long created, long readFeatures, long writeFeatures,
        byte[] publicKey) {
    /** Name of the object. */
    public static final String OBJECT = "vault";
    /** Bytes before the signature. */
    public static final int BODY_BYTES = Header.BYTES + 8 + 8 + 8 + 32;
    /** All bytes. */
    public static final int BYTES = BODY_BYTES + Manifest.SIGNATURE_BYTES;
    private static final int MAGIC = 0x48465654; // HFVT

    /** The bytes to be signed. */
    public byte[] encode() {
        return new ByteWriter(BYTES).raw(Header.of(MAGIC, 0, domainId)).u64(created).u64(readFeatures)
                .u64(writeFeatures).raw(publicKey).toByteArray();
    }

    /** Parses the stored bytes; does not check the signature, which is the last {@link Manifest#SIGNATURE_BYTES}. */
    public static VaultDescriptor parse(byte[] stored) {
        var in = new ByteReader("The vault descriptor", stored);
        if (Header.parse(in, "The vault", MAGIC, null) != 0) {
            throw in.damaged("its header is wrong");
        }
        byte[] domain = Arrays.copyOfRange(stored, Header.BYTES - Header.DOMAIN_BYTES, Header.BYTES);
        long created = in.u64();
        long read = in.u64();
        long write = in.u64();
        byte[] key = in.raw(32);
        in.skip(Manifest.SIGNATURE_BYTES);
        in.end();
        return new VaultDescriptor(domain, created, read, write, key);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VaultDescriptor d && Arrays.equals(encode(), d.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(domainId);
    }
}
