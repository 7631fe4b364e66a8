package org.holdfast.console.install.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** First page: the hosts, pasted or out of a file. Each line is checked while it is typed. */
final class HostsPage extends InstallPage {
    private final Executor background;
    private final boolean vaults;
    private final Picking picking;
    private final Earlier earlier;
    private Text text;
    private Label count;
    private DataTable<Line> table;
    private Later<HostList> later;
    private List<Line> lines = List.of();
    private HostList list = new HostList(List.of(), List.of(), List.of());
    private boolean reading;
    private String proposed = "";

    /** A line as it was understood, or not. */
    private sealed interface Line {
        /** A host. */
        record Good(HostEntry host) implements Line {
        }

        /** What is no host. */
        record Bad(HostList.LineError error) implements Line {
        }
    }

    /**
     * @param vaults whether there is a vault to register with
     * @param earlier what can be gone on with
     */
    HostsPage(Executor background, boolean vaults, Picking picking, Earlier earlier) {
        super("hosts", Messages.hosts_title, Messages.hosts_prompt);
        this.background = background;
        this.vaults = vaults;
        this.picking = picking;
        this.earlier = earlier;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        earlier.create(body);
        var sash = new SashForm(body, SWT.VERTICAL);
        var room = Ui.fill();
        room.widthHint = convertWidthInCharsToPixels(110);
        room.heightHint = convertHeightInCharsToPixels(26);
        sash.setLayoutData(room);
        var upper = new Composite(sash, SWT.NONE);
        upper.setLayout(Ui.grid(3));
        Ui.label(upper, Messages.hosts_text);
        Ui.button(upper, "hosts.pick", Messages.hosts_pick, () -> picking.open(getShell(), this::append))
                .setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
        Ui.button(upper, "hosts.import", Messages.hosts_import, this::choose);
        text = Ui.name(Ui.id(new Text(upper, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL), "hosts.text"),
                plain(Messages.hosts_text));
        text.setTextLimit(HostList.MAX_CHARACTERS);
        var all = Ui.fill();
        all.horizontalSpan = 3;
        text.setLayoutData(all);
        // Otherwise the keyboard would not get out of the field.
        text.addListener(SWT.Traverse, e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        text.addListener(SWT.Modify, e -> read());
        var lower = new Composite(sash, SWT.NONE);
        lower.setLayout(Ui.grid(1));
        count = Ui.id(new Label(lower, SWT.NONE), "hosts.count");
        count.setLayoutData(Ui.wide());
        table = new DataTable<>(lower, SWT.BORDER | SWT.SINGLE, "hosts.table", Messages.hosts_table, columns());
        table.onOpen(this::goTo).setSource(new RowSource<>() {
            @Override
            public int size() {
                return lines.size();
            }

            @Override
            public Line row(int index) {
                return lines.get(index);
            }
        });
        sash.setWeights(50, 50);
        later = new Later<>(text, background);
        showCount();
        setControl(body);
        judge();
        if (!proposed.isEmpty()) {
            text.setText(proposed);
        }
    }

    private static List<Column<Line>> columns() {
        return List.of(
                Column.<Line>text("host", Messages.column_host, 24, line -> switch (line) {
                    case Line.Good good -> good.host().key().replaceFirst(":22$", "");
                    case Line.Bad bad -> NLS.bind(Messages.hosts_line, bad.error().line());
                }).with(line -> line instanceof Line.Good ? Icon.COMPLETED : Icon.ERROR),
                Column.text("name", Messages.column_name, 18, line -> line instanceof Line.Good good
                        && !good.host().name().equals(good.host().host()) ? good.host().name() : ""),
                Column.text("user", Messages.column_user, 10,
                        line -> line instanceof Line.Good good && good.host().user() != null ? good.host().user() : ""),
                Column.<Line>text("special", Messages.column_special, 40, line -> switch (line) {
                    case Line.Good good -> special(good.host());
                    case Line.Bad bad -> bad.error().message() + " (" + bad.error().text() + ")";
                }).growing());
    }

    private static String special(HostEntry host) {
        var words = new ArrayList<String>();
        if (host.policy() != null) {
            words.add(NLS.bind(Messages.hosts_policy, host.policy()));
        }
        if (!host.tags().isEmpty()) {
            words.add(NLS.bind(Messages.hosts_tags, String.join(", ", host.tags())));
        }
        if (!host.folders().isEmpty()) {
            words.add(NLS.bind(Messages.hosts_folders, String.join(", ", host.folders())));
        }
        if (host.proxy() != null) {
            words.add(host.proxy().isEmpty() ? Messages.hosts_noProxy : NLS.bind(Messages.hosts_proxy, host.proxy()));
        }
        if (host.fingerprint() != null) {
            words.add(host.fingerprint());
        }
        return String.join("; ", words);
    }

    private void goTo(Line line) {
        if (line instanceof Line.Bad bad) {
            int at = 0;
            String all = text.getText();
            for (int i = 1; i < bad.error().line() && at >= 0; i++) {
                at = all.indexOf(text.getLineDelimiter(), at) + text.getLineDelimiter().length();
            }
            int end = all.indexOf(text.getLineDelimiter(), at);
            text.setSelection(at, end < 0 ? all.length() : end);
            text.setFocus();
        }
    }

    private void choose() {
        var dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(Messages.hosts_title);
        dialog.setFilterExtensions(new String[] { "*", "*.csv;*.txt" });
        String chosen = dialog.open();
        if (chosen != null) {
            take(Path.of(chosen));
        }
    }

    /** Adds lines to what is there. */
    private void append(String lines) {
        String now = text.getText();
        text.setText(now.isBlank() ? lines : now.stripTrailing() + '\n' + lines);
        text.setFocus();
    }

    /** Shows a list in place of what is there. */
    void set(String lines) {
        text.setText(lines);
    }

    /** Shows these hosts when the page is made. */
    void propose(String lines) {
        proposed = lines;
    }

    /** Reads a list from a file. */
    void take(Path file) {
        CompletableFuture.supplyAsync(() -> read(file), background).whenComplete((content, thrown) -> Ui.async(text,
                () -> {
                    if (thrown == null) {
                        text.setText(content);
                    } else {
                        Failure failure = Failure.of(thrown);
                        setErrorMessage(NLS.bind(Messages.hosts_unreadable, file, failure.message()));
                    }
                }));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > HostList.MAX_CHARACTERS) {
                throw new IOException(Messages.hosts_tooLong);
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
    }

    private void read() {
        reading = true;
        changed();
        String typed = text.getText();
        later.ask(() -> HostList.parse(typed), (read, failure) -> {
            reading = false;
            list = read == null ? list : read;
            var all = new ArrayList<Line>();
            list.errors().forEach(error -> all.add(new Line.Bad(error)));
            list.hosts().forEach(host -> all.add(new Line.Good(host)));
            lines = all;
            table.shapeChanged();
            showCount();
            judge();
        });
    }

    private void showCount() {
        Formats formats = Formats.local();
        String said = NLS.bind(Messages.hosts_count, formats.count(list.hosts().size()));
        Ui.setText(count, list.notes().isEmpty() ? said : said + " - " + String.join("; ", list.notes()));
        count.setToolTipText(String.join("\n", list.notes()));
    }

    @Override
    @Nullable
    String problem() {
        if (!vaults) {
            return Messages.options_noVault;
        }
        if (reading || text.getText().isBlank()) {
            return "";
        }
        if (!list.errors().isEmpty()) {
            HostList.LineError first = list.errors().getFirst();
            return NLS.bind(list.errors().size() == 1 ? Messages.hosts_bad : Messages.hosts_badMore, new Object[] {
                    first.line(), first.message(), list.errors().size() - 1 });
        }
        return list.hosts().isEmpty() ? "" : null;
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            text.setFocus();
        }
    }

    /** The hosts. */
    List<HostEntry> hosts() {
        return list.hosts();
    }
}
