package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.console.recovery.internal.BrowsePart;
import org.holdfast.console.recovery.internal.RecoverSettings;
import org.holdfast.console.recovery.internal.RecoverSite;
import org.holdfast.console.recovery.internal.preview.PreviewKind;
import org.holdfast.console.recovery.preview.PreviewFile;
import org.holdfast.console.recovery.preview.RestorePreview;
import org.holdfast.console.ui.Ui;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The beginning of the chosen file beside the browsing tree. */
class PreviewTest {
    private static final String EXTENSION = """
            <plugin>
              <extension point="org.holdfast.console.recovery.restorePreview">
                <preview id="com.example.mail" class="Mail" patterns="*.EML, *.msg" bytes="100" order="500"/>
                <preview id="com.example.bad" class="Bad" patterns="*.bad" order="1"/>
                <preview id="com.example.gone" class="Gone" patterns="*.bad" order="2"/>
              </extension>
            </plugin>
            """;

    private final Recovery r = new Recovery();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        r.vault.reading.open();
        r.close();
    }

    private void file(String name, byte[] content) {
        files.put("/srv/docs/" + name, content);
        r.newer.file("/srv/docs/" + name, content.length, Change.NEW);
    }

    private void show() {
        r.vault.filesHold(path -> files.get(path.toString()));
        r.show(BrowsePart::new, (part, parent) -> part.create(parent));
        opened();
    }

    private void opened() {
        r.connected();
        r.session.chooseFolder(RawPath.of("/srv/docs"));
        r.screen.until("the folder is listed", () -> table().getItemCount() == files.size()
                && !table().getItem(0).getText().isEmpty() && !table().getItem(0).getText().equals("\u2026"));
        r.screen.settle();
    }

    private Table table() {
        return r.screen.find("browse.table", Table.class);
    }

    private void choose(String name) {
        r.screen.until(name + " is listed", () -> Screen.rows(table()).contains(name));
        Screen.select(table(), Screen.rows(table()).indexOf(name));
    }

    private String facts() {
        return r.screen.label("preview.facts");
    }

    private void shown(String id, String facts) {
        r.screen.until(facts, () -> Screen.shows(r.screen.shell(), id) && facts().equals(facts));
    }

    private static byte[] png(int width, int height) {
        var data = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                data.setPixel(x, y, x * 255 / width << 16 | y * 255 / height << 8 | 0x60);
            }
        }
        var loader = new ImageLoader();
        loader.data = new ImageData[] { data };
        var out = new ByteArrayOutputStream();
        loader.save(out, SWT.IMAGE_PNG);
        return out.toByteArray();
    }

    @Test
    void textImagesAndBytes() {
        String words = "拝啓\n復旧ポイントの中のファイルです。\n";
        file("letter.txt", words.getBytes(Charset.forName("Shift_JIS")));
        file("long.log", "2026-11-23 all is well\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        file("picture.png", png(640, 480));
        file("damaged.png", Arrays.copyOf(png(640, 480), 40));
        file("program", new byte[] { 0x7f, 'E', 'L', 'F', 2, 1, 1, 0 });
        show();
        choose("letter.txt");
        shown("preview.text",
                "letter.txt \u00b7 Shift_JIS \u00b7 " + words.getBytes(Charset.forName("Shift_JIS")).length
                        + " B");
        assertEquals(words, r.screen.find("preview.text", StyledText.class).getText());
        r.screen.picture("preview-text");
        choose("long.log");
        shown("preview.text", "long.log \u00b7 UTF-8 \u00b7 first 65.5 kB of 230 kB");
        assertTrue(r.screen.find("preview.text", StyledText.class).getCharCount() <= 64 << 10);
        choose("picture.png");
        r.screen.until("it is shown", () -> Screen.shows(r.screen.shell(), "preview.image"));
        assertTrue(facts().startsWith("picture.png \u00b7 PNG, 640 \u00d7 480 pixels"), facts());
        assertTrue(r.screen.find("preview.image", Canvas.class).getSize().x > 100);
        r.screen.picture("preview-image");
        choose("program");
        shown("preview.hex", "program \u00b7 bytes \u00b7 8 B");
        assertTrue(r.screen.find("preview.hex", StyledText.class).getText().contains("7f 45 4c 46"));
        choose("damaged.png");
        shown("preview.hex", "damaged.png \u00b7 bytes \u00b7 40 B");
        r.screen.picture("preview-hex");
        assertEquals(List.of(), AccessibilityTest.nameless(r.screen.shell()));
        assertEquals(List.of(), AccessibilityTest.clashes(r.screen.shell()));
        assertEquals(List.of(), AccessibilityTest.cut(r.screen.shell()));
    }

    @Test
    void onlyWhatIsLookedAtIsRead() {
        file("a.txt", "a".getBytes(StandardCharsets.UTF_8));
        file("b.txt", "b".getBytes(StandardCharsets.UTF_8));
        file("c.txt", new byte[0]);
        show();
        choose("a.txt");
        choose("b.txt");
        shown("preview.text", "b.txt \u00b7 UTF-8 \u00b7 1 B");
        assertEquals(List.of(RawPath.of("/srv/docs/b.txt")), r.vault.reads(), "whoever goes on reads nothing");
        choose("c.txt");
        r.screen.until("nothing is read", () -> Screen.find(r.screen.find("preview",
                Composite.class), "state.title", Label.class).getText().equals("This file is empty"));

        r.vault.reading.shut();
        choose("a.txt");
        r.screen.until("it is being read", () -> r.vault.reads().size() == 2);
        choose("b.txt");
        r.screen.until("the one before was cancelled, and this is read", () -> r.vault.reads().size() == 3);
        r.vault.reading.open();
        shown("preview.text", "b.txt \u00b7 UTF-8 \u00b7 1 B");

        r.screen.click("browse.preview");
        assertFalse(r.screen.find("preview", Composite.class).isVisible());
        choose("a.txt");
        r.screen.settle();
        assertEquals(3, r.vault.reads().size());
        r.screen.click("browse.preview");
        shown("preview.text", "a.txt \u00b7 UTF-8 \u00b7 1 B");
        assertEquals(4, r.vault.reads().size());
    }

    @Test
    void whatCannotBeReadIsSaidAndReadAgain() {
        file("a.txt", "a".getBytes(StandardCharsets.UTF_8));
        show();
        r.vault.filesHold(path -> {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, "A chunk is damaged.", "Verify the vault.");
        });
        choose("a.txt");
        r.screen.until("it is said", () -> Screen.shows(r.screen.shell(), "state.retry"));
        r.vault.filesHold(path -> files.get(path.toString()));
        r.screen.click("state.retry");
        shown("preview.text", "a.txt \u00b7 UTF-8 \u00b7 1 B");
    }

    /** Shows a line. */
    private static final class Mail implements RestorePreview<String> {
        private Label label;

        @Override
        public void create(Composite parent) {
            label = Ui.id(new Label(parent, SWT.NONE), "mail");
        }

        @Override
        public String prepare(PreviewFile file) {
            return file.bytes()[0] == 'F' ? new String(file.bytes(), StandardCharsets.UTF_8) : null;
        }

        @Override
        public String show(PreviewFile file, String prepared) {
            label.setText(prepared);
            return "mail";
        }
    }

    /** Fails at everything. */
    private static final class Bad implements RestorePreview<String> {
        @Override
        public void create(Composite parent) {
            // has no widgets
        }

        @Override
        public String prepare(PreviewFile file) {
            throw new IllegalStateException("bad");
        }

        @Override
        public String show(PreviewFile file, String prepared) {
            return "";
        }
    }

    @Test
    void pluginsShowTheirFilesAndHarmNobodyElse() throws Exception {
        file("letter.eml", "From: ann".getBytes(StandardCharsets.UTF_8));
        file("other.eml", "no mail".getBytes(StandardCharsets.UTF_8));
        file("x.bad", "still shown".getBytes(StandardCharsets.UTF_8));
        r.vault.filesHold(path -> files.get(path.toString()));
        IExtensionRegistry registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        try (var points = new ByteArrayInputStream(("<plugin><extension-point id=\"restorePreview\" name=\"x\""
                + " schema=\"x\"/></plugin>").getBytes(StandardCharsets.UTF_8));
                var extensions = new ByteArrayInputStream(EXTENSION.getBytes(StandardCharsets.UTF_8))) {
            assertTrue(registry.addContribution(points, ContributorFactorySimple.createContributor(
                    "org.holdfast.console.recovery"), false, "recovery", null, this));
            assertTrue(registry.addContribution(extensions, ContributorFactorySimple.createContributor(
                    "com.example"), false, "example", null, this));
        }
        var site = new RecoverSite(r.session, null, null, PreviewKind.all(registry, (bundle, type) -> switch (type) {
            case "Mail" -> new Mail();
            case "Bad" -> new Bad();
            default -> throw new ClassNotFoundException(type);
        }), new RecoverSettings(null));
        r.show(s -> new BrowsePart(site), (part, parent) -> part.create(parent));
        opened();
        choose("letter.eml");
        shown("mail", "letter.eml \u00b7 mail \u00b7 9 B");
        choose("other.eml");
        shown("preview.text", "other.eml \u00b7 UTF-8 \u00b7 7 B");
        choose("x.bad");
        shown("preview.text", "x.bad \u00b7 UTF-8 \u00b7 11 B");
        registry.stop(this);
    }
}
