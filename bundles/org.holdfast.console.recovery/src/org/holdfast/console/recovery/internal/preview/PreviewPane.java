package org.holdfast.console.recovery.internal.preview;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.PreviewLoad;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.recovery.preview.PreviewFile;
import org.holdfast.console.recovery.preview.RestorePreview;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * The beginning of the file that is chosen. Only what is looked at is read, and no more of it than the previews want;
 * going on to the next file cancels. A preview that fails is not asked again.
 */
public final class PreviewPane extends Composite {
    private final RecoverSession session;
    private final Wording wording;
    private final List<PreviewKind> kinds;
    private final PreviewLoad load;
    private final StatePanel panel;
    private final Label facts;
    private final StackLayout stack = new StackLayout();
    private final Composite place;
    private final Map<PreviewKind, Shown> made = new HashMap<>();
    private final Set<PreviewKind> failed = new HashSet<>();
    private Entry shown;
    private PointSummary point;
    private int generation;
    private boolean active;

    /** A preview with its widgets. */
    private record Shown(PreviewKind kind, RestorePreview<Object> preview, Composite widgets) {
    }

    /** What a preview worked out. */
    private record Prepared(Shown by, Object value) {
    }

    /** @param kinds in the order in which they are asked */
    public PreviewPane(Composite parent, RecoverSession session, Wording wording, List<PreviewKind> kinds) {
        super(parent, SWT.NONE);
        this.session = session;
        this.wording = wording;
        this.kinds = kinds;
        load = new PreviewLoad(session.ui());
        setLayout(Ui.grid(1, 0));
        panel = new StatePanel(this, "preview");
        panel.setLayoutData(Ui.fill());
        var head = new Composite(panel.content(), SWT.NONE);
        head.setLayout(Ui.grid(1, 8));
        head.setLayoutData(Ui.wide());
        facts = Ui.id(new Label(head, SWT.NONE), "preview.facts");
        facts.setLayoutData(Ui.wide());
        place = new Composite(panel.content(), SWT.NONE);
        place.setLayout(stack);
        place.setLayoutData(Ui.fill());
        addListener(SWT.Dispose, e -> end());
        showNothing(Messages.preview_none);
    }

    /** Whether it is in view, so that it is worth reading anything. */
    public void setActive(boolean now) {
        if (active != now) {
            active = now;
            shown = null;
            choose();
        }
    }

    /** The chosen entries may be others. */
    public void choose() {
        List<Entry> entries = session.entries();
        Entry entry = entries.size() == 1 ? entries.getFirst() : null;
        PointSummary of = session.point();
        VaultConnection connection = session.connection();
        if (!active || entry == null || of == null || connection == null) {
            forget();
            showNothing(entries.size() > 1 ? Messages.preview_several : Messages.preview_none);
        } else if (!entry.equals(shown) || !of.equals(point)) {
            forget();
            shown = entry;
            point = of;
            if (entry.type() != EntryType.FILE || entry.change() == Change.REMOVED) {
                showNothing(entry.change() == Change.REMOVED ? Messages.preview_gone : Messages.preview_noFile);
            } else if (entry.size() == 0) {
                showNothing(Messages.preview_empty);
            } else {
                start(connection, of, entry, PreviewLoad.MOMENT);
            }
        }
    }

    private void forget() {
        generation++;
        load.cancel();
        shown = null;
        point = null;
        for (Shown each : made.values()) {
            each.preview().clear();
        }
    }

    private void showNothing(String text) {
        panel.showEmpty(Icon.EMPTY_LARGE, text, "");
    }

    private List<PreviewKind> candidates(Entry entry) {
        return kinds.stream().filter(k -> !failed.contains(k) && k.takes(entry)).toList();
    }

    private void start(VaultConnection connection, PointSummary of, Entry entry, Duration delay) {
        int mine = ++generation;
        List<PreviewKind> candidates = candidates(entry);
        int wanted = candidates.stream().mapToInt(PreviewKind::bytes).max().orElse(1);
        panel.showLoading(NLS.bind(Messages.preview_loading, entry.name()));
        load.start(connection, of, entry, wanted, delay, (bytes, failure) -> {
            if (isDisposed() || mine != generation) {
                return;
            }
            if (failure != null) {
                panel.showError(failure, () -> start(connection, of, entry, Duration.ZERO));
            } else {
                prepare(mine, new PreviewFile(of, entry, bytes, bytes.length >= entry.size()), candidates);
            }
        });
    }

    /** Makes what is needed on this thread, then lets them look at the bytes on another one. */
    private void prepare(int mine, PreviewFile file, List<PreviewKind> candidates) {
        List<Shown> able = candidates.stream().map(this::shown).filter(Objects::nonNull).toList();
        CompletableFuture.supplyAsync(() -> firstOf(able, file))
                .whenCompleteAsync((prepared, thrown) -> {
                    if (isDisposed() || mine != generation) {
                        return;
                    }
                    if (thrown != null) {
                        panel.showError(Failure.of(thrown), () -> prepare(mine, file, candidates(file.entry())));
                    } else if (prepared == null) {
                        showNothing(Messages.preview_cannot);
                    } else {
                        show(file, prepared);
                    }
                }, session.ui());
    }

    private Prepared firstOf(List<Shown> able, PreviewFile file) {
        for (Shown each : able) {
            try {
                Object value;
                synchronized (each.preview()) {
                    value = each.preview().prepare(file);
                }
                if (value != null) {
                    return new Prepared(each, value);
                }
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                PreviewKind.log(each.kind().bundle(), e);
                session.ui().execute(() -> failed.add(each.kind()));
            }
        }
        return null;
    }

    private Shown shown(PreviewKind kind) {
        Shown there = made.get(kind);
        if (there != null) {
            return there;
        }
        var widgets = new Composite(place, SWT.NONE);
        widgets.setLayout(Ui.grid(1, 0));
        try {
            @SuppressWarnings("unchecked") var preview = (RestorePreview<Object>) kind.make();
            preview.create(widgets);
            there = new Shown(kind, preview, widgets);
            made.put(kind, there);
            return there;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            PreviewKind.log(kind.bundle(), e);
            failed.add(kind);
            widgets.dispose();
            return null;
        }
    }

    private void show(PreviewFile file, Prepared prepared) {
        Shown there = prepared.by();
        try {
            String said = there.preview().show(file, prepared.value());
            var f = wording.formats();
            String amount = file.complete() ? f.size(file.entry().size())
                    : NLS.bind(Messages.preview_first, f.size(file.bytes().length), f.size(file.entry().size()));
            Ui.setText(facts, file.entry().name() + " \u00b7 " + (said.isEmpty() ? "" : said + " \u00b7 ") + amount);
            facts.setToolTipText(file.entry().path().toString());
            facts.setForeground(Tone.MUTED.on(facts));
            stack.topControl = there.widgets();
            place.layout(true, true);
            panel.showContent();
        } catch (RuntimeException | LinkageError e) {
            PreviewKind.log(there.kind().bundle(), e);
            failed.add(there.kind());
            showNothing(NLS.bind(Messages.preview_failed, there.kind().bundle()));
        }
    }

    private void end() {
        generation++;
        load.cancel();
        for (Shown each : made.values()) {
            each.preview().dispose();
        }
    }
}
