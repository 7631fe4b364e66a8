package org.holdfast.console.install.internal;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.GivenPassphrases;
import org.holdfast.agent.install.HolderPassphrases;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyFinding;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Where the passphrases of the servers come from and where they are kept: one for each, never one by default. */
final class PassphrasesPage extends InstallPage {
    private final Supplier<List<HostEntry>> hosts;
    private final Clock clock;
    private final Remembered remembered;
    private final @Nullable KeyHolder keys;
    private final Supplier<String> vault;
    private final GivenPassphrases given = new GivenPassphrases();
    private final Set<String> typed = new HashSet<>();
    private boolean handedOver;
    private Button generate;
    private Text file;
    private Text seal;
    private Text sealAgain;
    private Button type;
    private Button inKeyVault;
    private Text url;
    private Composite keyVault;
    private DataTable<HostEntry> table;
    private Text own;
    private Text ownAgain;
    private Button use;
    private Composite generated;
    private Composite byHand;

    /**
     * @param keys where passphrases can be kept besides, or null
     * @param vault name of the vault that servers register with
     */
    PassphrasesPage(Supplier<List<HostEntry>> hosts, Clock clock, Remembered remembered, @Nullable KeyHolder keys,
            Supplier<String> vault) {
        super("passphrases", Messages.pass_title, Messages.pass_prompt);
        this.hosts = hosts;
        this.clock = clock;
        this.remembered = remembered;
        this.keys = keys;
        this.vault = vault;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        generate = radio(body, "pass.generate", Messages.pass_generate);
        generated = part(body, 3);
        file = text(generated, "pass.file", Messages.pass_file, 1);
        file.setMessage(Messages.pass_fileHint);
        Ui.button(generated, "pass.browse", Messages.browse, this::choose);
        seal = secret(generated, "pass.seal", Messages.pass_seal, 2);
        sealAgain = secret(generated, "pass.sealAgain", Messages.pass_again, 2);
        var note = new Label(generated, SWT.WRAP);
        note.setText(Messages.pass_note);
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1);
        wide.widthHint = convertWidthInCharsToPixels(80);
        note.setLayoutData(wide);
        inKeyVault = radio(body, "pass.inKeyVault", Messages.pass_inKeyVault);
        keyVault = part(body, 2);
        url = text(keyVault, "pass.url", Messages.pass_url, 1);
        url.setMessage("https://NAME.vault.azure.net");
        for (var control : List.of(inKeyVault, keyVault)) {
            control.setVisible(keys != null);
            if (keys == null) {
                var hidden = control.getLayoutData() instanceof GridData there ? there : new GridData();
                hidden.exclude = true;
                control.setLayoutData(hidden);
            }
        }
        type = radio(body, "pass.type", Messages.pass_type);
        byHand = part(body, 3);
        byHand.setLayoutData(indented(Ui.fill()));
        table = new DataTable<>(byHand, SWT.BORDER | SWT.MULTI, "pass.table", Messages.pass_table, List.of(
                Column.<HostEntry>text("host", Messages.column_host, 36, HostEntry::name).growing(),
                Column.<HostEntry>text("state", Messages.column_passphrase, 20,
                        host -> isTyped(host) ? Messages.pass_given : Messages.pass_missing)
                        .with(host -> isTyped(host) ? Icon.COMPLETED : Icon.KEY)));
        var room = Ui.fill();
        room.horizontalSpan = 3;
        room.heightHint = convertHeightInCharsToPixels(8);
        table.setLayoutData(room);
        table.onSelect(rows -> enable()).setSource(new RowSource<>() {
            @Override
            public int size() {
                return hosts.get().size();
            }

            @Override
            public HostEntry row(int index) {
                return hosts.get().get(index);
            }
        });
        own = secret(byHand, "pass.own", Messages.pass_own, 1);
        use = Ui.button(byHand, "pass.use", Messages.pass_use, this::give);
        ownAgain = secret(byHand, "pass.ownAgain", Messages.pass_ownAgain, 1);
        generate.setSelection(true);
        file.setText(remembered.get(Remembered.SEALED, ""));
        setControl(body);
        enable();
        judge();
    }

    private Button radio(Composite body, String id, String text) {
        var radio = Ui.id(new Button(body, SWT.RADIO), id);
        radio.setText(text);
        radio.addListener(SWT.Selection, e -> {
            enable();
            changed();
        });
        return radio;
    }

    private static Composite part(Composite body, int columns) {
        var part = new Composite(body, SWT.NONE);
        part.setLayout(Ui.grid(columns));
        part.setLayoutData(indented(Ui.wide()));
        return part;
    }

    private static GridData indented(GridData data) {
        data.horizontalIndent = 24;
        return data;
    }

    private void enable() {
        boolean hand = type.getSelection();
        for (var child : generated.getChildren()) {
            child.setEnabled(generate.getSelection());
        }
        url.setEnabled(inKeyVault.getSelection());
        table.control().setEnabled(hand);
        own.setEnabled(hand);
        ownAgain.setEnabled(hand);
        use.setEnabled(hand && !table.selection().isEmpty() && own.getCharCount() > 0 && ownProblem() == null);
    }

    private void choose() {
        var dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText(plain(Messages.pass_file));
        dialog.setFileName("servers.sealed");
        // A file that is there is not replaced: what it holds stays in it.
        dialog.setOverwrite(false);
        String chosen = dialog.open();
        if (chosen != null) {
            file.setText(chosen);
        }
    }

    private boolean isTyped(HostEntry host) {
        return typed.contains(host.key());
    }

    private void give() {
        if (ownProblem() != null) {
            return;
        }
        List<HostEntry> chosen = table.selection();
        for (HostEntry host : chosen) {
            given.give(host, own.getTextChars());
            typed.add(host.key());
        }
        own.setText("");
        ownAgain.setText("");
        List<HostEntry> all = hosts.get();
        table.rowsArrived();
        all.stream().filter(host -> !isTyped(host)).findFirst().ifPresent(next -> table.selectRow(all.indexOf(next)));
        own.setFocus();
        changed();
    }

    private @Nullable Path path() {
        try {
            Path path = Path.of(file.getText().strip());
            return path.isAbsolute() && path.getFileName() != null ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** What is wrong with two fields of a new passphrase; null when nothing is. */
    private static @Nullable String problem(Text one, Text other) {
        char[] first = one.getTextChars();
        char[] second = other.getTextChars();
        try {
            return switch (GivenPassphrases.judge(first)) {
                case TOO_SHORT -> Messages.pass_tooShort;
                case TOO_LONG -> Messages.pass_tooLong;
                case ACCEPTED -> Arrays.equals(first, second) ? null : Messages.pass_differ;
            };
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(second, '\0');
        }
    }

    private @Nullable String ownProblem() {
        return own.getCharCount() == 0 ? null : problem(own, ownAgain);
    }

    @Override
    @Nullable
    String problem() {
        if (type.getSelection()) {
            enable();
            String wrong = ownProblem();
            if (wrong != null) {
                return ownAgain.getCharCount() == 0 ? "" : wrong;
            }
            long missing = hosts.get().stream().filter(host -> !isTyped(host)).count();
            return missing == 0 ? null : "";
        }
        if (inKeyVault.getSelection()) {
            enable();
            setMessage(Messages.pass_keyVaultNote);
            return url.getText().isBlank() ? "" : null;
        }
        if (file.getText().isBlank()) {
            return "";
        }
        Path path = path();
        if (path == null) {
            return Messages.pass_notAbsolute;
        }
        if (Files.isDirectory(path)) {
            return NLS.bind(Messages.pass_isFolder, path);
        }
        if (seal.getCharCount() == 0) {
            return "";
        }
        boolean there = Files.exists(path);
        sealAgain.setEnabled(!there);
        setMessage(there ? NLS.bind(Messages.pass_there, path.getFileName()) : null);
        return there ? null : sealAgain.getCharCount() == 0 && !isShort() ? "" : problem(seal, sealAgain);
    }

    private boolean isShort() {
        char[] first = seal.getTextChars();
        try {
            return GivenPassphrases.judge(first) != GivenPassphrases.Verdict.ACCEPTED;
        } finally {
            Arrays.fill(first, '\0');
        }
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            table.shapeChanged();
            judge();
            (type.getSelection() ? table.control()
                    : inKeyVault.getSelection() ? url : file.getText().isEmpty() ? file : seal).setFocus();
        }
    }

    /** Remembers what is no secret. */
    void remember() {
        if (generate.getSelection()) {
            remembered.put(Remembered.SEALED, file.getText().strip());
        }
    }

    /** Writes what is no secret. */
    void save(Draft draft) {
        draft.put("pass.type", String.valueOf(type.getSelection()));
        draft.put("pass.url", inKeyVault.getSelection() ? url.getText().strip() : "");
        draft.put("pass.file", file.getText().strip());
    }

    /** Shows what was written; secrets are to be entered again. */
    void restore(Draft draft) {
        boolean byPerson = Boolean.parseBoolean(draft.get("pass.type", ""));
        type.setSelection(byPerson);
        String there = draft.get("pass.url", "");
        boolean vaulted = keys != null && !there.isEmpty() && !byPerson;
        inKeyVault.setSelection(vaulted);
        url.setText(there);
        generate.setSelection(!byPerson && !vaulted);
        file.setText(draft.get("pass.file", ""));
        enable();
        changed();
    }

    /** File of the passphrases, or null when they were typed. */
    @Nullable
    Path sealed() {
        return generate.getSelection() ? path() : null;
    }

    /** Opens what keeps the passphrases, on a thread that may wait; to be asked for on this thread. */
    Supplier<PassphraseKeeper> keeper() {
        if (type.getSelection()) {
            handedOver = true;
            return () -> given;
        }
        KeyHolder holder = keys;
        if (inKeyVault.getSelection() && holder != null) {
            String place = url.getText().strip();
            String name = vault.get();
            return () -> {
                holder.examine(place).stream().filter(found -> found.level() == KeyFinding.Level.FAILED).findFirst()
                        .ifPresent(found -> {
                            throw new HoldfastException(Problem.ACCESS_DENIED, found.detail(), found.remedy());
                        });
                return new HolderPassphrases(holder, place, name, false);
            };
        }
        Path path = path();
        char[] secret = seal.getTextChars();
        return () -> {
            try {
                return SealedPassphrases.open(path, secret, clock);
            } finally {
                Arrays.fill(secret, '\0');
            }
        };
    }

    @Override
    public void dispose() {
        if (!handedOver) {
            given.close();
        }
        super.dispose();
    }
}
