package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The small parts of the toolkit. */
class ToolkitTest {
    private final Screen screen = new Screen();

    @AfterEach
    void close() {
        screen.close();
    }

    @Test
    void asyncIsSilentAboutWidgetsThatAreGone() {
        var ran = new ArrayList<String>();
        var label = new Label(screen.shell(), SWT.NONE);
        Ui.async(label, () -> ran.add("seen"));
        screen.settle();
        Ui.async(label, () -> ran.add("never"));
        label.dispose();
        Ui.async(label, () -> ran.add("never"));
        screen.settle();
        assertEquals(List.of("seen"), ran);
    }

    @ParameterizedTest
    @CsvSource({ "0,0 B", "999,999 B", "1000,1 kB", "1234,1.2 kB", "99950,100 kB", "640000,640 kB", "999499,999 kB",
            "999500,1 MB", "2104000000,2.1 GB", "9223372036854775807,9.2 EB" })
    void sizesHaveThreeDigits(long bytes, String text) {
        assertEquals(text, new Formats(Locale.US, ZoneOffset.UTC).size(bytes));
    }

    @Test
    void formatsFollowTheLocale() {
        var japanese = new Formats(Locale.JAPAN, ZoneOffset.UTC);
        assertEquals("2026/11/20 22:03", japanese.time(Instant.parse("2026-11-20T22:03:44Z")));
        var german = new Formats(Locale.GERMANY, ZoneOffset.UTC);
        assertEquals("1.000.000", german.count(1_000_000));
        assertEquals("1,2 kB", german.size(1234));
        var english = new Formats(Locale.US, ZoneOffset.UTC);
        assertEquals("1 min 35 s", english.duration(Duration.ofSeconds(95)));
        assertEquals("1 s", english.duration(Duration.ofMillis(3)));
        assertEquals("26 h 5 min", english.duration(Duration.ofMinutes(26 * 60 + 5)));
        assertEquals("84 MB/s", english.rate(84e6));
    }

    @ParameterizedTest
    @EnumSource
    void everyIconCanBeDrawn(Icon icon) {
        var data = icon.descriptor().getImageData(200);
        assertTrue(data.width >= 32, icon + " at 200 % has " + data.width + " pixels");
        boolean drawn = false;
        for (int y = 0; y < data.height; y++) {
            for (int x = 0; x < data.width; x++) {
                drawn |= data.getAlpha(x, y) > 200;
            }
        }
        assertTrue(drawn, icon + " is empty");
    }

    @ParameterizedTest
    @EnumSource
    void colouredTextCanBeReadOnBothGrounds(Tone tone) {
        if (tone != Tone.LINE) {
            assertTrue(contrast(tone.value(false), new RGB(248, 248, 248)) >= 4.5, tone + " on light");
            assertTrue(contrast(tone.value(true), new RGB(47, 47, 47)) >= 4.5, tone + " on dark");
        }
    }

    /** Contrast ratio of WCAG 2.2. */
    private static double contrast(RGB a, RGB b) {
        double x = luminance(a);
        double y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    private static double luminance(RGB c) {
        return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
    }

    private static double linear(int value) {
        double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemHasWords(Problem problem) {
        assertFalse(Problems.title(problem).isBlank());
        assertFalse(Problems.title(problem).startsWith("NLS missing"));
    }

    @Test
    void loadingIsShownOnlyWhenItTakesAWhile() {
        var panel = new StatePanel(screen.shell(), "panel");
        screen.open();
        panel.showLoading("Asking");
        assertEquals(StatePanel.State.LOADING, panel.state());
        assertFalse(Screen.shows(screen.shell(), "panel.message"));
        screen.until("loading is shown", () -> Screen.shows(screen.shell(), "panel.message"));
        assertEquals("Asking", screen.label("state.title"));
        panel.showContent();
        panel.showLoading("Asking");
        panel.showContent();
        Ui.after(StatePanel.PATIENCE + 50, panel, () -> panel.setData("later", true));
        screen.until("time has passed", () -> panel.getData("later") != null);
        assertFalse(Screen.shows(screen.shell(), "panel.message"));
    }

    @Test
    void anErrorSaysWhatHappenedWhatToDoAndItsCode() {
        var panel = new StatePanel(screen.shell(), "panel");
        screen.open();
        var retried = new ArrayList<String>();
        panel.showError(Failure.of(new HoldfastException(Problem.STORE_UNAVAILABLE, "The disk & its cable are gone.",
                "Plug it in.")), () -> retried.add("again"));
        assertEquals("The vault does not answer", screen.label("state.title"));
        assertEquals("The disk && its cable are gone.\nPlug it in.", screen.label("state.text"));
        assertEquals("Code: STORE_UNAVAILABLE", screen.label("state.code"));
        assertTrue(screen.find("state.details", Button.class).isVisible());
        screen.click("state.copy");
        screen.click("state.retry");
        assertEquals(List.of("again"), retried);
    }

    @Test
    void theFilterWaitsForAPauseAndEscapeClearsIt() {
        var told = new ArrayList<String>();
        var field = new FilterField(screen.shell(), "filter", "Filter", told::add);
        screen.open();
        Text text = field.control();
        Screen.type(text, "a");
        Screen.type(text, "ab");
        screen.until("told", () -> !told.isEmpty());
        assertEquals(List.of("ab"), told);
        Screen.key(text, SWT.ESC);
        assertEquals("", text.getText());
        assertEquals(List.of("ab", ""), told);
        Screen.key(text, SWT.ESC);
        assertEquals(List.of("ab", ""), told);
    }
}
