package org.holdfast.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;

/**
 * Prints golden bytes of {@link Samples}. It was run once for version 1, whose bytes are pinned; run it again only for
 * a new version of the format, into a new file. Sealed bytes differ in every run because nonces are random.
 */
final class GoldenMaker {
    private GoldenMaker() {
    }

    /** Prints lines of name and hex. */
    public static void main(String[] args) {
        try (DomainKeys keys = TestData.keys();
                BlobCodec codec = new BlobCodec(keys);
                Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
                Xaes256Gcm manifest = new Xaes256Gcm(keys.manifestKey())) {
            byte[] publicKey = TestData.unhex(args[0]);
            byte[] body = Samples.descriptor(publicKey).encode();
            print("vault", TestData.concat(body, TestData.sign(keys.signatureSeed(), body)));
            print("keeper", KeeperKey.encode(TestData.DOMAIN, keys.keeperKey()));
            print("page", Samples.pageRaw());
            print("page-references", Samples.pageRefs());
            print("page-id", Samples.pageId());
            print("list", Samples.segments().encodeList());
            print("list-id", Samples.listId());

            byte[] solid = seal(codec, PackKind.DATA, Samples.solidChunks(), Samples.dataId(
                    Samples.solidChunks().get(0)));
            byte[] raw = seal(codec, PackKind.DATA, List.of(Samples.rawChunk()), Samples.dataId(Samples.rawChunk()));
            byte[] meta = seal(codec, PackKind.META, List.of(Samples.segments().encodeList(), Samples.pageRaw()),
                    Samples.listId());
            PackDirectory dataDirectory = Samples.dataDirectory(solid.length, raw.length);
            PackDirectory metaDirectory = Samples.metaDirectory(meta.length);
            byte[] dataPack = TestData.concat(PackFormat.header(PackKind.DATA, TestData.DOMAIN), solid, raw,
                    PackFormat.seal(dataDirectory, TestData.DOMAIN, keeper));
            byte[] metaPack = TestData.concat(PackFormat.header(PackKind.META, TestData.DOMAIN), meta,
                    PackFormat.seal(metaDirectory, TestData.DOMAIN, keeper));
            print("data-pack", dataPack);
            print("meta-pack", metaPack);
            print("index", Samples.index(name(dataPack), dataPack.length, dataDirectory, name(metaPack),
                    metaPack.length, metaDirectory).seal(TestData.DOMAIN, keeper));

            byte[] first = Samples.checkpoint().seal(TestData.DOMAIN, keeper, manifest);
            byte[] checkpoint = TestData.concat(first, TestData.sign(keys.signatureSeed(), first));
            print("checkpoint", checkpoint);
            byte[] second = Samples.point(name(checkpoint)).seal(TestData.DOMAIN, keeper, manifest);
            print("point", TestData.concat(second, TestData.sign(keys.signatureSeed(), second)));
            example(keys, codec, keeper, manifest);
        }
    }

    private static void example(DomainKeys keys, BlobCodec codec, Xaes256Gcm keeper, Xaes256Gcm manifest) {
        print("example-page", Example.pageRaw());
        byte[] raw = seal(codec, PackKind.DATA, List.of(Example.world()), Samples.dataId(Example.world()));
        byte[] page = seal(codec, PackKind.META, List.of(Example.pageRaw()), Example.pageId());
        PackDirectory data = Example.data(raw.length);
        PackDirectory meta = Example.meta(page.length,
                page.length < BlobCodec.bound(Example.pageRaw().length) ? BlobCodec.ZSTD : BlobCodec.RAW);
        byte[] dataPack = TestData.concat(PackFormat.header(PackKind.DATA, TestData.DOMAIN), raw,
                PackFormat.seal(data, TestData.DOMAIN, keeper));
        byte[] metaPack = TestData.concat(PackFormat.header(PackKind.META, TestData.DOMAIN), page,
                PackFormat.seal(meta, TestData.DOMAIN, keeper));
        print("example-data-pack", dataPack);
        print("example-meta-pack", metaPack);
        print("example-index-data", new IndexSegment(List.of(new IndexSegment.Pack(name(dataPack), dataPack.length,
                data)), List.of()).seal(TestData.DOMAIN, keeper));
        print("example-index-meta", new IndexSegment(List.of(new IndexSegment.Pack(name(metaPack), metaPack.length,
                meta)), List.of()).seal(TestData.DOMAIN, keeper));
        byte[] point = Example.point().seal(TestData.DOMAIN, keeper, manifest);
        print("example-point", TestData.concat(point, TestData.sign(keys.signatureSeed(), point)));
    }

    static Id name(byte[] object) {
        return new Id(Manifest.sha256(object, 0, object.length));
    }

    private static byte[] seal(BlobCodec codec, PackKind kind, List<byte[]> chunks, byte[] id) {
        byte[] raw = TestData.concat(new ArrayList<>(chunks).toArray(new byte[0][]));
        var out = new byte[BlobCodec.bound(raw.length)];
        BlobCodec.Stored stored = codec.encode(kind, 3, raw, raw.length, id, 0, out);
        return Arrays.copyOf(out, stored.length());
    }

    private static void print(String name, byte[] bytes) {
        System.out.println(name + " " + TestData.hex(bytes));
    }
}
