package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.AttributeSet;
import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.Page;
import org.holdfast.format.PageBuilder;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Recovery points made by somebody who has the keys and means harm: whatever they say, nothing is written outside the
 * target, and what makes sense is restored.
 */
@EnabledOnOs(OS.LINUX)
class HostileTreeTest {
    private static final int FILE = 0100644;
    private static final int DIRECTORY = 040755;
    private static final int LINK = 0120777;

    private TempTree temp;
    private TestVault test;
    private Vault vault;
    private IndexWriter index;
    private MetaWriter writer;
    private Path outside;
    private Path target;
    private final List<DirectoryBody.PageRef> pages = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        temp = new TempTree();
        test = new TestVault(new MemoryStore());
        vault = test.open();
        index = new IndexWriter(vault);
        writer = new MetaWriter(vault, new KnownIds(table -> {}), index);
        outside = Files.createDirectory(temp.resolve("outside"));
        target = Files.createDirectory(temp.resolve("target"));
    }

    @AfterEach
    void nothingIsOutside() throws IOException {
        assertEquals(List.of(), RoundTripTest.names(outside));
        assertEquals(List.of("outside", "target"), RoundTripTest.names(temp.path()));
        writer.close();
        test.close();
        temp.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PageBuilder entry(PageBuilder page, String name, int mode, long size, int flags, Content content) {
        byte[] raw = bytes(name);
        int row = page.add(raw, 0, raw.length, new Page.Owner(mode, 0, 0, 0, "", ""), flags, 0, 0, 0, 0, 7, size,
                AttributeSet.NONE);
        page.set(row, content);
        return page;
    }

    private static Content inline(String text) {
        return Content.inline(bytes(text), 0, text.length());
    }

    private DirectoryBody.PageRef store(PageBuilder page) throws IOException {
        return new DirectoryBody.PageRef(writer.page(page), page.entries(), page.firstName());
    }

    private static DirectoryBody directory(long files, DirectoryBody.PageRef... pages) {
        return new DirectoryBody(files, 0, files, List.of(pages));
    }

    private Points.Stored point() throws IOException {
        writer.finish();
        index.flush();
        DirectoryBody root = new DirectoryBody(1, 1, 1, pages);
        var keeper = new Manifest.Keeper(Manifest.POINT, TestVault.START.getEpochSecond(), 0, 1,
                new Id(new byte[Id.SIZE]), new byte[16], 0, 0, 0, pages.stream().map(p -> new Id(p.id())).toList());
        return new Points(vault).commit(Points.POINTS, new Manifest(keeper, new Manifest.Details("server", bytes("/b"),
                List.of(bytes("/b/x")), root, List.of(), "test", new long[0], 0, List.of())));
    }

    private RestoreResult restore(IfExists rule) throws IOException {
        return test.restore(point(), target, rule);
    }

    private Content linkOut() {
        return Content.link(bytes(outside.toString()));
    }

    @Test
    void aDirectoryUnderTheNameOfALinkIsNotEnteredThroughIt() throws IOException {
        for (IfExists rule : IfExists.values()) {
            pages.clear();
            var inner = store(entry(new PageBuilder(), "evil", FILE, 4, 0, inline("evil")));
            pages.add(store(entry(new PageBuilder(), "a", LINK, 0, 0, linkOut())));
            pages.add(store(entry(new PageBuilder(), "a", DIRECTORY, 0, 0, directory(1, inner).toContent())));
            restore(rule);
            assertEquals(List.of(), RoundTripTest.names(outside), rule.name());
        }
    }

    @Test
    void aFileUnderTheNameOfALinkIsNotWrittenThroughIt() throws IOException {
        for (IfExists rule : IfExists.values()) {
            pages.clear();
            pages.add(store(entry(new PageBuilder(), "a", LINK, 0, 0,
                    Content.link(bytes(outside.resolve("evil").toString())))));
            pages.add(store(entry(new PageBuilder(), "a", FILE, 4, 0, inline("evil"))));
            restore(rule);
        }
    }

    @Test
    void aFileThatClaimsToBeALinkOfAnotherIsNotMetadataOfThat() throws IOException {
        Files.writeString(outside.resolve("mine"), "mine");
        var page = new PageBuilder();
        entry(page, "a", LINK, 0, Page.MULTI, Content.link(bytes(outside.resolve("mine").toString())));
        entry(page, "b", FILE, 4, Page.MULTI, inline("evil"));
        pages.add(store(page));
        restore(IfExists.OVERWRITE);
        assertEquals("mine", Files.readString(outside.resolve("mine")));
        Files.delete(outside.resolve("mine"));
    }

    @Test
    void whatMakesNoSenseIsToldByPathAndTheRestIsRestored() throws IOException {
        var page = new PageBuilder();
        entry(page, "good", FILE, 4, 0, inline("good"));
        entry(page, "of-a-missing-chunk", FILE, 5, 0, Content.single(new byte[Id.SIZE]));
        pages.add(store(page));
        pages.add(store(entry(new PageBuilder(), "p-file-with-pages", FILE, 0, 0, DirectoryBody.EMPTY.toContent())));
        pages.add(store(entry(new PageBuilder(), "q-without-type", 0644, 0, 0, Content.NONE)));
        pages.add(store(entry(new PageBuilder(), "r-link-without-target", LINK, 0, 0, Content.NONE)));
        pages.add(new DirectoryBody.PageRef(new byte[Id.SIZE], 3, bytes("zzz")));
        RestoreResult result = restore(IfExists.COPY);
        assertEquals(List.of("good"), RoundTripTest.names(target));
        assertEquals("good", Files.readString(target.resolve("good")));
        assertEquals(5, result.warnings().size(), result.warnings().toString());
        assertTrue(result.warnings().stream().allMatch(w -> w.problem() == Problem.FILE_NOT_RESTORED));
        assertTrue(result.warnings().stream().anyMatch(w -> w.path().toString().equals("/b/of-a-missing-chunk")));
    }

    @Test
    void somebodyWhoSwapsADirectoryForALinkMeanwhileGainsNothing() throws IOException {
        var inner = store(entry(new PageBuilder(), "evil", FILE, 4, 0, inline("evil")));
        pages.add(store(entry(new PageBuilder(), "d", DIRECTORY, 0, 0, directory(1, inner).toContent())));
        Points.Stored point = point();
        Files.createDirectory(target.resolve("d"));
        RestoreResult result = test.restore(point, TestVault.request(point, target, IfExists.OVERWRITE),
                Targets.wrapping(this::swapping), ProgressSink.NONE, new CancelToken());
        assertFalse(Files.exists(outside.resolve("evil")), result.toString());
    }

    /** A target in which "d" becomes a link between being looked at and being opened. */
    private RestoreTarget swapping(RestoreTarget inner) {
        return new SwappingTarget(inner, () -> {
            try {
                if (Files.isDirectory(target.resolve("d"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(target.resolve("d"));
                    Files.createSymbolicLink(target.resolve("d"), outside);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
