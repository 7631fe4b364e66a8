package org.holdfast.format;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import com.github.luben.zstd.Zstd;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;

/** Every parser of the format with a good input, for tests that feed it bad ones. */
final class Parsers implements AutoCloseable {
    /**
     * A parser.
     *
     * @param name of what it reads
     * @param good bytes it accepts
     * @param parse reads bytes and throws {@link FormatException} when they are not right
     */
    record Parser(String name, byte[] good, Consumer<byte[]> parse) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final DomainKeys keys = TestData.keys();
    private final Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
    private final Xaes256Gcm manifestKey = new Xaes256Gcm(keys.manifestKey());
    private final BlobCodec codec = new BlobCodec(keys);
    private final byte[] publicKey = VaultDescriptor.parse(TestData.golden("vault")).publicKey();

    /** What is stored: each byte of it is covered by a tag, a checksum or a signature. */
    List<Parser> stored() {
        return List.of(new Parser("vault descriptor", TestData.golden("vault"), this::descriptor),
                new Parser("keeper key", TestData.golden("keeper"),
                        bytes -> KeeperKey.parse(bytes, TestData.DOMAIN).close()),
                new Parser("pack header", Arrays.copyOf(TestData.golden("data-pack"), 24),
                        bytes -> PackFormat.parseHeader(bytes, TestData.DOMAIN)),
                new Parser("data pack", TestData.golden("data-pack"), bytes -> pack(bytes, PackKind.DATA)),
                new Parser("metadata pack", TestData.golden("meta-pack"), bytes -> pack(bytes, PackKind.META)),
                new Parser("index segment", TestData.golden("index"),
                        bytes -> IndexSegment.open(bytes, TestData.DOMAIN, keeper)),
                new Parser("checkpoint", TestData.golden("checkpoint"), this::manifest),
                new Parser("recovery point", TestData.golden("point"), this::manifest));
    }

    /** What is inside sealed objects: a hostile writer with the keys may have put anything there. */
    List<Parser> plain() {
        byte[][] point = parts("point");
        return List.of(new Parser("directory of a data pack", directory("data-pack"),
                bytes -> PackDirectory.parse(PackKind.DATA, new ByteReader("The directory", bytes))),
                new Parser("directory of a metadata pack", directory("meta-pack"),
                        bytes -> PackDirectory.parse(PackKind.META, new ByteReader("The directory", bytes))),
                new Parser("index", index(), bytes -> IndexSegment.parse(new ByteReader("The index", bytes))),
                new Parser("keeper part", point[0], bytes -> sealed(bytes, point[1])),
                new Parser("details", point[1], bytes -> sealed(point[0], bytes)),
                new Parser("page", TestData.golden("page"), this::page),
                new Parser("segment list", TestData.golden("list"),
                        bytes -> Segments.parseList(bytes, 0, bytes.length)),
                new Parser("attributes", Samples.attributes(), bytes -> AttributeSet.forEach(bytes, (n, v) -> {})),
                new Parser("directory body", Samples.directory().toContent().body(), this::directoryBody));
    }

    private void descriptor(byte[] bytes) {
        VaultDescriptor.parse(bytes);
        if (!TestData.signed(publicKey, bytes)) {
            throw new FormatException("The vault descriptor is damaged: its signature is wrong.");
        }
    }

    private void manifest(byte[] bytes) {
        Manifest.open(bytes, TestData.DOMAIN, keeper, manifestKey);
        if (!TestData.signed(publicKey, bytes)) {
            throw new FormatException("The manifest is damaged: its signature is wrong.");
        }
    }

    private void pack(byte[] pack, PackKind kind) {
        if (pack.length < PackFormat.HEADER_BYTES + PackFormat.TRAILER_BYTES) {
            throw new FormatException("The pack is damaged: it is too short.");
        }
        if (PackFormat.parseHeader(Arrays.copyOf(pack, PackFormat.HEADER_BYTES), TestData.DOMAIN) != kind) {
            throw new FormatException("The pack is damaged: it is of the wrong kind.");
        }
        int end = pack.length - PackFormat.TRAILER_BYTES;
        int length = PackFormat.directoryLength(Arrays.copyOfRange(pack, end, pack.length), pack.length);
        PackDirectory directory = PackFormat.open(Arrays.copyOfRange(pack, end - length, end), kind, TestData.DOMAIN,
                keeper);
        for (BlobEntry blob : directory.blobs()) {
            codec.decode(kind, blob.codec(), blob.epoch(), blob.rawLength(), blob.ids(), 0, pack, blob.offset(),
                    blob.storedLength(), new byte[blob.rawLength()]);
        }
    }

    private void page(byte[] bytes) {
        Page page = Page.parse(bytes, 0, bytes.length, Samples.pageRefs());
        for (int i = 0; i < page.count; i++) {
            AttributeSet.forEach(page.attributesOf(i), (n, v) -> {});
            if (page.bodyKind(i) == Body.DIRECTORY) {
                page.directory(i);
            }
        }
    }

    private void directoryBody(byte[] bytes) {
        var in = new ByteReader("The directory", bytes);
        in.u8();
        DirectoryBody.parse(in, TestData.concat(TestData.id(0x41), TestData.id(0x42)), 0, 2);
        in.end();
    }

    private byte[] directory(String pack) {
        byte[] bytes = TestData.golden(pack);
        int end = bytes.length - PackFormat.TRAILER_BYTES;
        int length = PackFormat.directoryLength(Arrays.copyOfRange(bytes, end, bytes.length), bytes.length);
        return keeper.open(Arrays.copyOfRange(bytes, end - length, end), Arrays.copyOf(bytes, 24));
    }

    private byte[] index() {
        byte[] bytes = TestData.golden("index");
        return keeper.open(Arrays.copyOfRange(bytes, 24, bytes.length), Arrays.copyOf(bytes, 24));
    }

    /** Keeper part and uncompressed details of a golden manifest. */
    byte[][] parts(String name) {
        byte[] stored = TestData.golden(name);
        byte[] header = Arrays.copyOf(stored, 24);
        var in = new ByteReader(name, stored);
        in.skip(24);
        byte[] sealedKeeper = in.raw(in.u32());
        byte[] sealedDetails = in.raw(in.u32());
        byte[] body = manifestKey.open(sealedDetails,
                TestData.concat(header, Manifest.sha256(sealedKeeper, 0, sealedKeeper.length)));
        int raw = new ByteReader(name, body).u32();
        return new byte[][] { keeper.open(sealedKeeper, header),
                Zstd.decompress(Arrays.copyOfRange(body, 4, body.length), raw) };
    }

    /** Seals the two parts of a manifest as a writer with all keys would, and opens it. */
    private void sealed(byte[] keeperPart, byte[] details) {
        byte[] packed = Zstd.compress(details, 1);
        open(keeperPart, new ByteWriter(packed.length + 4).u32(details.length).raw(packed).toByteArray());
    }

    /** As {@link #sealed}, with the details as they stand before sealing: length and zstd frame. */
    void open(byte[] keeperPart, byte[] body) {
        byte[] header = Arrays.copyOf(TestData.golden("point"), 24);
        byte[] sealedKeeper = keeper.seal(keeperPart, header);
        byte[] sealedDetails = manifestKey.seal(body,
                TestData.concat(header, Manifest.sha256(sealedKeeper, 0, sealedKeeper.length)));
        byte[] stored = new ByteWriter(1024).raw(header).u32(sealedKeeper.length).raw(sealedKeeper)
                .u32(sealedDetails.length).raw(sealedDetails).raw(new byte[Manifest.SIGNATURE_BYTES]).toByteArray();
        Manifest.open(stored, TestData.DOMAIN, keeper, manifestKey);
    }

    @Override
    public void close() {
        codec.close();
        keeper.close();
        manifestKey.close();
        keys.close();
    }
}
