package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.recovery.internal.BasketPart;
import org.holdfast.console.recovery.internal.BrowsePart;
import org.holdfast.console.recovery.internal.ComparePart;
import org.holdfast.console.recovery.internal.PointsPart;
import org.holdfast.console.recovery.internal.SearchPart;
import org.holdfast.console.recovery.internal.VersionsPart;
import org.holdfast.console.recovery.internal.restore.RestoreWizard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything a person can use has a name for a screen reader, a key of its own, and room for its text. */
class AccessibilityTest {
    private final Recovery r = new Recovery();

    @AfterEach
    void close() {
        r.close();
    }

    private void showAll() {
        r.show(PointsPart::new, (part, parent) -> part.create(parent));
        r.show(BrowsePart::new, (part, parent) -> part.create(parent));
        r.show(SearchPart::new, (part, parent) -> part.create(parent));
        r.show(VersionsPart::new, (part, parent) -> part.create(parent));
        r.show(BasketPart::new, (part, parent) -> part.create(parent));
        r.show(ComparePart::new, (part, parent) -> part.create(parent));
        r.connected();
        r.session.addToBasket(List.of(r.entry("/srv/shares/report.ods")));
        r.screen.settle();
    }

    private WizardDialog openWizard() {
        var wizard = new RestoreWizard(r.session.connection(), r.session.ui(),
                List.of(new Basket.Item(r.newer.summary(), r.entry("/srv/shares/report.ods"))));
        var dialog = new WizardDialog(r.screen.shell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        r.screen.settle();
        return dialog;
    }

    @Test
    void everyControlOfThePartsHasAName() {
        showAll();
        assertEquals(List.of(), nameless(r.screen.shell()));
    }

    @Test
    void noTwoControlsOfAPageShareAKey() {
        r.connected();
        WizardDialog wizard = openWizard();
        for (IWizardPage page : pages(wizard)) {
            wizard.showPage(page);
            r.screen.settle();
            assertEquals(List.of(), clashes((Composite) page.getControl()), page.getName());
        }
    }

    @Test
    void textsOfTheWizardAreNotCut() {
        r.connected();
        WizardDialog wizard = openWizard();
        for (IWizardPage page : pages(wizard)) {
            wizard.showPage(page);
            r.screen.settle();
            assertEquals(List.of(), cut((Composite) page.getControl()), page.getName());
        }
    }

    @Test
    void theStripIsASliderForAScreenReader() {
        r.show(PointsPart::new, (part, parent) -> part.create(parent));
        r.connected();
        Canvas strip = r.screen.find("points.strip", Canvas.class);
        assertTrue((strip.getStyle() & SWT.NO_FOCUS) == 0);
        assertEquals("Time line of recovery points", name(strip));
    }

    private static List<IWizardPage> pages(WizardDialog dialog) {
        var found = new ArrayList<IWizardPage>();
        for (IWizardPage page = dialog.getCurrentPage(); page != null; page = page.getNextPage()) {
            found.add(page);
        }
        return found;
    }

    static List<String> nameless(Composite root) {
        return Screen.all(root).stream().filter(AccessibilityTest::isUsed).filter(c -> name(c).isBlank())
                .map(c -> c + " in " + c.getParent()).toList();
    }

    private static boolean isUsed(Control c) {
        boolean data = c instanceof Table || c instanceof Tree || c instanceof Text || c instanceof Combo
                || c instanceof DateTime || c instanceof Button || c instanceof ProgressBar;
        boolean message = c instanceof Text t && !t.getEditable();
        // the button of a date field is part of it
        return data && !message && !(c.getParent() instanceof DateTime);
    }

    private static String name(Control c) {
        Object given = c.getData("org.holdfast.console.ui.name");
        if (given != null) {
            return given.toString();
        }
        return c instanceof Button b ? b.getText() : "";
    }

    static List<String> clashes(Composite root) {
        var seen = new HashMap<Character, String>();
        var found = new ArrayList<String>();
        for (Control c : Screen.all(root)) {
            String text = c instanceof Button b ? b.getText() : c instanceof Label l ? l.getText() : "";
            int at = text.replace("&&", "  ").indexOf('&');
            if (c.isVisible() && at >= 0 && at + 1 < text.length()) {
                String other = seen.put(Character.toLowerCase(text.charAt(at + 1)), text);
                if (other != null) {
                    found.add(other + " / " + text);
                }
            }
        }
        return found;
    }

    static List<String> cut(Composite root) {
        var found = new ArrayList<String>();
        for (Control c : Screen.all(root)) {
            boolean text = c instanceof Button || c instanceof Label l && !l.getText().isEmpty();
            if (!text || !c.isVisible()) {
                continue;
            }
            Point size = c.getSize();
            Point wanted = (c.getStyle() & SWT.WRAP) != 0 ? c.computeSize(size.x, SWT.DEFAULT)
                    : c.computeSize(SWT.DEFAULT, SWT.DEFAULT);
            Rectangle room = c.getParent().getClientArea();
            Point at = c.getLocation();
            boolean outside = at.y + size.y > room.height + 1 && !(c.getParent() instanceof Shell);
            if (size.x + 1 < wanted.x || size.y + 1 < wanted.y || outside) {
                found.add(c + " has " + size + ", wants " + wanted + " in " + room);
            }
        }
        return found;
    }
}
