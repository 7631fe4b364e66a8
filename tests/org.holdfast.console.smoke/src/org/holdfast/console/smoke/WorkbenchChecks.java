package org.holdfast.console.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.e4.ui.model.application.ui.advanced.MPerspective;
import org.eclipse.e4.ui.model.application.ui.advanced.MPlaceholder;
import org.eclipse.e4.ui.model.application.ui.basic.MWindow;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.jface.preference.IPreferenceNode;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.preference.PreferenceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.views.IViewDescriptor;
import org.holdfast.console.smoke.Report.Findings;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/** Opens what there is to open. */
final class WorkbenchChecks {
    private static final String OURS = "org.holdfast.console.";
    private static final String PROGRESS = "org.eclipse.ui.views.ProgressView";
    private static final String DARK = "org.holdfast.console.app.darkTheme";

    private final Screen screen;

    WorkbenchChecks(Screen screen) {
        this.screen = screen;
    }

    /** Each perspective opens, and shows after a reset what it showed at first, although all was closed. */
    int perspectives(Findings findings) throws Exception {
        int seen = 0;
        for (IPerspectiveDescriptor perspective : screen.workbench().getPerspectiveRegistry().getPerspectives()) {
            if (!perspective.getId().startsWith(OURS)) {
                findings.add("a perspective that is not ours: " + perspective.getId());
                continue;
            }
            seen++;
            screen.page().setPerspective(perspective);
            screen.settle();
            Set<String> first = open(findings, perspective.getId());
            if (first.isEmpty()) {
                findings.add(perspective.getId() + " shows no view");
            }
            screen.page().resetPerspective();
            screen.settle();
            screen.picture(screen.window().getShell(), perspective.getId());
            for (IViewReference view : screen.page().getViewReferences()) {
                screen.page().hideView(view);
            }
            screen.settle();
            screen.page().resetPerspective();
            screen.settle();
            Set<String> again = open(findings, perspective.getId() + " after a reset");
            if (!again.equals(first)) {
                findings.add(perspective.getId() + " shows " + again + " after a reset, and before " + first);
            }
        }
        return seen;
    }

    /** What the model shows: a tab behind another one has no view reference before it was in front. */
    private Set<String> open(Findings findings, String where) throws PartInitException {
        EModelService model = screen.window().getService(EModelService.class);
        MPerspective perspective = model.getActivePerspective(screen.window().getService(MWindow.class));
        var ids = new TreeSet<String>();
        for (MPlaceholder view : model.findElements(perspective, null, MPlaceholder.class)) {
            if (view.isToBeRendered() && screen.workbench().getViewRegistry().find(view.getElementId()) != null) {
                ids.add(view.getElementId());
            }
        }
        for (String id : ids) {
            check(screen.page().showView(id), id, where, findings);
            screen.settle();
        }
        return ids;
    }

    private static void check(IWorkbenchPart part, String id, String where, Findings findings) {
        if (part == null) {
            findings.add(where + ": " + id + " could not be made");
        } else if (part.getClass().getSimpleName().contains("Error")) {
            findings.add(where + ": " + id + " shows an error");
        }
    }

    /** Every view opens where nothing is connected yet. */
    int views(Findings findings) throws PartInitException {
        int seen = 0;
        for (IViewDescriptor view : screen.workbench().getViewRegistry().getViews()) {
            if (view.getId().startsWith(OURS) || view.getId().equals(PROGRESS)) {
                seen++;
                check(screen.page().showView(view.getId()), view.getId(), "views", findings);
                screen.settle();
            }
        }
        return seen;
    }

    /** Every menu can be shown; its items have texts. */
    int menus(Findings findings) {
        int[] seen = { 0 };
        walk(screen.window().getShell().getMenuBar(), "", findings, seen);
        return seen[0];
    }

    private void walk(Menu menu, String path, Findings findings, int[] seen) {
        menu.notifyListeners(SWT.Show, new Event());
        screen.settle();
        var mnemonics = new ArrayList<Character>();
        for (MenuItem item : menu.getItems()) {
            if ((item.getStyle() & SWT.SEPARATOR) == 0) {
                seen[0]++;
                String text = item.getText();
                if (text.isBlank() || text.startsWith("%")) {
                    findings.add(path + " has an item without text: '" + text + "'");
                }
                mnemonic(text, path, mnemonics, findings);
                if (item.getMenu() != null) {
                    walk(item.getMenu(), path + '/' + text.replace("&", ""), findings, seen);
                }
            }
        }
        menu.notifyListeners(SWT.Hide, new Event());
        screen.settle();
    }

    private static void mnemonic(String text, String path, List<Character> taken, Findings findings) {
        int at = text.replace("&&", "  ").indexOf('&');
        if (at >= 0 && at + 1 < text.length()) {
            char key = Character.toLowerCase(text.charAt(at + 1));
            if (taken.contains(key)) {
                findings.add((path.isEmpty() ? "the menu bar" : path) + " uses the letter " + key + " twice: " + text);
            }
            taken.add(key);
        }
    }

    /** Every page of the preferences can be shown, and what it shows can be applied. */
    int preferences(Findings findings) throws Exception {
        var nodes = screen.workbench().getPreferenceManager().getElements(PreferenceManager.PRE_ORDER);
        if (nodes.isEmpty()) {
            findings.add("there are no preferences");
            return 0;
        }
        PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(screen.window().getShell(),
                nodes.getFirst().getId(), null, null);
        dialog.setBlockOnOpen(false);
        dialog.open();
        try {
            for (IPreferenceNode node : nodes) {
                PreferencesUtil.createPreferenceDialogOn(screen.window().getShell(), node.getId(), null, null);
                screen.settle();
                if (node.getPage() == null || node.getPage().getControl() == null) {
                    findings.add(node.getId() + " has no page");
                } else if (!Stream.of(node.getPage().getTitle()).allMatch(t -> t != null && !t.isBlank())) {
                    findings.add(node.getId() + " has no title");
                }
                screen.picture(dialog.getShell(), "preferences-" + node.getId());
            }
        } finally {
            dialog.close();
            screen.settle();
        }
        return nodes.size();
    }

    /** The dark theme and the light one follow each other. */
    int themes(Findings findings) throws Exception {
        IThemeEngine engine = screen.workbench().getService(IThemeEngine.class);
        String light = engine.getActiveTheme().getId();
        run(DARK);
        String dark = engine.getActiveTheme().getId();
        if (dark.equals(light) || !dark.contains("dark")) {
            findings.add("the dark theme did not come: " + dark);
        }
        screen.picture(screen.window().getShell(), "dark");
        run(DARK);
        if (!engine.getActiveTheme().getId().equals(light)) {
            findings.add("the light theme did not come back: " + engine.getActiveTheme().getId());
        }
        screen.picture(screen.window().getShell(), "light-again");
        for (Table table : Screen.all(screen.window().getShell(), Table.class)) {
            if (Tone.isDark(table.getBackground())) {
                findings.add("a table stays dark: " + table.getData(Ui.ID));
            }
        }
        for (Label label : Screen.shown(screen.window().getShell(), Label.class)) {
            if (!label.getText().isEmpty() && !Tone.isDark(label.getBackground())
                    && !Tone.isDark(label.getForeground())) {
                findings.add("light on light: " + label.getText());
            }
        }
        return 2;
    }

    private void run(String command) throws Exception {
        screen.workbench().getService(IHandlerService.class).executeCommand(command, null);
        screen.settle();
    }
}
