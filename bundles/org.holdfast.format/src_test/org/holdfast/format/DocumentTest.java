package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.luben.zstd.Zstd;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;
import org.junit.jupiter.api.Test;

/** The bytes in {@code docs/format.md} are the pinned ones, and the pinned ones are what the code reads and writes. */
class DocumentTest {
    private static final Pattern BLOCK = Pattern.compile("```hex (\\S+)\n(.*?)\n```", Pattern.DOTALL);

    private static String document() throws IOException {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/format.md"))) {
            directory = directory.getParent();
            assertNotNull(directory, "docs/format.md is in none of the directories above this one");
        }
        return Files.readString(directory.resolve("docs/format.md"));
    }

    /** Everything the document may show, by the name it uses. */
    private static Map<String, byte[]> known() {
        Map<String, byte[]> all = new HashMap<>();
        for (String name : List.of("vault", "keeper", "example-page", "example-data-pack", "example-meta-pack",
                "example-index-data", "example-index-meta", "example-point")) {
            all.put(name, TestData.golden(name));
        }
        all.put("example-data-id", Samples.dataId(Example.world()));
        all.put("example-page-id", Example.pageId());
        all.put("example-data-pack/aad", TestData.concat(Samples.ascii("HFBL\1"), TestData.DOMAIN,
                TestData.unhex("01000000000000" + "00000c"), Samples.dataId(Example.world())));
        try (DomainKeys keys = TestData.keys();
                Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
                Xaes256Gcm manifest = new Xaes256Gcm(keys.manifestKey())) {
            for (String pack : List.of("example-data-pack", "example-meta-pack")) {
                byte[] bytes = all.get(pack);
                int end = bytes.length - PackFormat.TRAILER_BYTES;
                int length = new ByteReader(pack, bytes, end, 4).u32();
                all.put(pack + "/directory", keeper.open(Arrays.copyOfRange(bytes, end - length, end),
                        Arrays.copyOf(bytes, 24)));
            }
            for (String index : List.of("example-index-data", "example-index-meta")) {
                byte[] bytes = all.get(index);
                all.put(index + "/plaintext", keeper.open(Arrays.copyOfRange(bytes, 24, bytes.length),
                        Arrays.copyOf(bytes, 24)));
            }
            byte[] point = all.get("example-point");
            byte[] header = Arrays.copyOf(point, 24);
            var in = new ByteReader("point", point);
            in.skip(24);
            byte[] sealed = in.raw(in.u32());
            all.put("example-point/keeper", keeper.open(sealed, header));
            byte[] details = manifest.open(in.raw(in.u32()),
                    TestData.concat(header, Manifest.sha256(sealed, 0, sealed.length)));
            all.put("example-point/details", Zstd.decompress(Arrays.copyOfRange(details, 4, details.length),
                    new ByteReader("details", details).u32()));
        }
        return all;
    }

    @Test
    void everyByteInTheDocumentIsRight() throws IOException {
        Map<String, byte[]> known = known();
        Set<String> seen = new HashSet<>();
        Matcher blocks = BLOCK.matcher(document());
        while (blocks.find()) {
            var hex = new StringBuilder();
            for (String line : blocks.group(2).split("\n")) {
                int comment = line.indexOf("  ");
                hex.append(comment < 0 ? line : line.substring(0, comment));
            }
            byte[] expected = known.get(blocks.group(1));
            assertNotNull(expected, "nobody knows " + blocks.group(1));
            assertEquals(TestData.hex(expected), hex.toString(), blocks.group(1));
            seen.add(blocks.group(1));
        }
        assertTrue(seen.size() >= 15, "found " + seen);
    }

    @Test
    void namesInTheDocumentAreHashes() throws IOException {
        String text = document();
        for (String name : List.of("data/", "meta/", "index/data-", "points/")) {
            String golden = switch (name) {
                case "data/" -> "example-data-pack";
                case "meta/" -> "example-meta-pack";
                case "points/" -> "example-point";
                default -> "example-index-data";
            };
            assertTrue(text.contains(name + GoldenMaker.name(TestData.golden(golden)).hex()), name);
        }
    }

    /** The example is a vault: the index leads to the packs, the manifest to the page, the page to the chunk. */
    @Test
    void theExampleIsWhole() {
        assertArrayEquals(TestData.golden("example-page"), Example.pageRaw());
        try (DomainKeys keys = TestData.keys();
                Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
                Xaes256Gcm manifestKey = new Xaes256Gcm(keys.manifestKey());
                BlobCodec codec = new BlobCodec(keys)) {
            var blobs = new ArrayList<byte[]>();
            for (String part : List.of("data", "meta")) {
                byte[] pack = TestData.golden("example-" + part + "-pack");
                IndexSegment.Pack found = IndexSegment.open(TestData.golden("example-index-" + part),
                        TestData.DOMAIN, keeper).packs().get(0);
                assertEquals(GoldenMaker.name(pack), found.name());
                BlobEntry blob = found.directory().blobs().get(0);
                var raw = new byte[blob.rawLength()];
                codec.decode(found.directory().kind(), blob.codec(), 0, raw.length, blob.ids(), 0, pack,
                        blob.offset(), blob.storedLength(), raw);
                blobs.add(raw);
                assertArrayEquals(part.equals("data") ? Samples.dataId(raw) : Example.pageId(), blob.ids());
            }
            assertArrayEquals(Example.world(), blobs.get(0));
            Page page = Page.parse(blobs.get(1), 0, blobs.get(1).length, Samples.dataId(Example.world()));
            assertEquals(-1, page.mtime[3]);
            assertArrayEquals(Samples.dataId(Example.world()), page.content(3).refs());
            Manifest point = Manifest.open(TestData.golden("example-point"), TestData.DOMAIN, keeper, manifestKey);
            GoldenTest.same(Example.point(), point);
            assertEquals(List.of(new Id(Example.pageId())), point.keeper().roots());
        }
    }
}
