package org.holdfast.console.install.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.InstallPlan;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.holdfast.agent.install.InstallPlan.Proxy;
import org.holdfast.console.client.Failure;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** The vault, the package, and what holds for all hosts. */
final class OptionsPage extends InstallPage {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final Pattern PROXY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9][A-Za-z0-9._-]*):\\d{1,5}");
    private static final int MOST_DAYS = 90;
    private static final int MOST_PORT = 65_535;

    private final List<VaultChoice> vaults;
    private final Executor background;
    private final Remembered remembered;
    private final boolean over;
    private final List<String> policies = new ArrayList<>();
    private Combo vault;
    private Spinner days;
    private Combo policy;
    private Text tags;
    private Text folders;
    private Text agentFile;
    private Label agentWords;
    private Text proxy;
    private Text proxyUser;
    private Text proxyPassword;
    private Button upgrade;
    private Spinner parallel;
    private Text install;
    private Text home;
    private Text cache;
    private Later<AgentPackage> later;
    private @Nullable AgentPackage agent;
    private @Nullable Failure agentFailure;

    /** @param over whether it is done from here over SSH, and not by hand on the hosts */
    OptionsPage(List<VaultChoice> vaults, Executor background, Remembered remembered, boolean over) {
        super("options", over ? Messages.options_title : Messages.line_optionsTitle,
                over ? Messages.options_prompt : Messages.line_optionsPrompt);
        this.vaults = List.copyOf(vaults);
        this.background = background;
        this.remembered = remembered;
        this.over = over;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        // At 200 % it may be higher than the screen.
        var scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.setShowFocusedControl(true);
        var body = new Composite(scroll, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        later = new Later<>(body, background);
        vault(group(body, Messages.options_vaultGroup, 4));
        agent(group(body, Messages.options_agentGroup, 4));
        network(group(body, Messages.options_networkGroup, 4));
        scroll.setContent(body);
        scroll.setMinHeight(body.computeSize(SWT.DEFAULT, SWT.DEFAULT).y);
        setControl(scroll);
        showVault();
        agentFile.setText(remembered.get(Remembered.PACKAGE, ""));
        judge();
    }

    private void vault(Group group) {
        Ui.label(group, Messages.options_vault);
        vault = Ui.name(Ui.id(new Combo(group, SWT.DROP_DOWN | SWT.READ_ONLY), "options.vault"),
                plain(Messages.options_vault));
        vault.setLayoutData(Ui.wide());
        vaults.forEach(choice -> vault.add(choice.words()));
        vault.select(0);
        vault.addListener(SWT.Selection, e -> {
            showVault();
            changed();
        });
        days = spinner(group, "options.days", Messages.options_days, 1, MOST_DAYS);
        days.setToolTipText(Messages.options_daysHint);
        Ui.label(group, Messages.options_policy);
        policy = Ui.name(Ui.id(new Combo(group, SWT.DROP_DOWN | SWT.READ_ONLY), "options.policy"),
                plain(Messages.options_policy));
        policy.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
        policy.addListener(SWT.Selection, e -> changed());
        tags = text(group, "options.tags", Messages.options_tags, 3);
        tags.setMessage(Messages.options_tagsHint);
        if (over) {
            folders = text(group, "options.folders", Messages.options_folders, 3);
            folders.setMessage(Messages.options_foldersHint);
        }
    }

    private void agent(Group group) {
        agentFile = text(group, "options.package", Messages.options_package, 2);
        agentFile.setMessage(Messages.options_packageHint);
        Ui.button(group, "options.browse", Messages.browse, this::choose);
        new Label(group, SWT.NONE);
        agentWords = Ui.id(new Label(group, SWT.NONE), "options.packageWords");
        agentWords.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
        agentFile.addListener(SWT.Modify, e -> readPackage());
        if (over) {
            upgrade = check(group, "options.upgrade", Messages.options_upgrade, 4);
            Places usual = Places.DEFAULT;
            install = text(group, "options.install", Messages.options_install, 3);
            install.setText(usual.install());
            home = text(group, "options.home", Messages.options_home, 3);
            home.setText(usual.home());
            cache = text(group, "options.cache", Messages.options_cache, 3);
            cache.setMessage(Messages.options_cacheHint);
        }
    }

    private void network(Group group) {
        proxy = text(group, "options.proxy", Messages.options_proxy, 3);
        proxy.setMessage(Messages.options_proxyHint);
        if (over) {
            proxyUser = text(group, "options.proxyUser", Messages.options_proxyUser, 1);
            proxyPassword = secret(group, "options.proxyPassword", Messages.options_proxyPassword, 1);
            parallel = spinner(group, "options.parallel", Messages.options_parallel, InstallPlan.PARALLEL,
                    InstallPlan.MOST_PARALLEL);
        }
    }

    private void showVault() {
        policies.clear();
        policies.addAll(vaults.isEmpty() ? List.of() : choice().policies());
        policy.setItems(Stream.concat(Stream.of(Messages.options_defaultPolicy), policies.stream())
                .toArray(String[]::new));
        policy.select(0);
    }

    private void choose() {
        var dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(plain(Messages.options_package));
        dialog.setFilterExtensions(new String[] { "holdfast-agent-*.tar.gz", "*" });
        String chosen = dialog.open();
        if (chosen != null) {
            agentFile.setText(chosen);
        }
    }

    private void readPackage() {
        agent = null;
        agentFailure = null;
        agentWords.setText("");
        Path file = path(agentFile.getText());
        if (file == null) {
            later.forget();
            judge();
            return;
        }
        agentWords.setText(Messages.options_packageReading);
        later.ask(() -> AgentPackage.open(file), (read, failure) -> {
            agent = read;
            agentFailure = failure;
            agentWords.setText(read == null ? ""
                    : NLS.bind(Messages.options_packageWords, new Object[] {
                            read.version(), read.machine(), Formats.local().size(read.size()),
                            read.sha256().substring(0, 12) }));
            changed();
        });
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text.strip());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    @Override
    @Nullable
    String problem() {
        if (vaults.isEmpty()) {
            return Messages.options_noVault;
        }
        for (String tag : tags()) {
            if (!TAG.matcher(tag).matches()) {
                return NLS.bind(Messages.options_badTag, tag);
            }
        }
        String place = badPlace();
        if (place != null) {
            return NLS.bind(Messages.options_badFolder, place);
        }
        if (agent == null) {
            return agentFailure == null ? "" : agentFailure.message() + ' ' + agentFailure.advice();
        }
        String way = proxy.getText().strip();
        boolean good = way.isEmpty() || PROXY.matcher(way).matches()
                && Integer.parseInt(way.substring(way.lastIndexOf(':') + 1)) <= MOST_PORT;
        if (!good) {
            return NLS.bind(Messages.options_badProxy, way);
        }
        return over && way.isEmpty() && !proxyUser.getText().isBlank() ? Messages.options_proxyMissing : null;
    }

    /** The first folder that is not an absolute path. */
    private @Nullable String badPlace() {
        if (!over) {
            return null;
        }
        var all = new ArrayList<>(folders());
        all.add(install.getText().strip());
        all.add(home.getText().strip());
        if (!cache.getText().isBlank()) {
            all.add(cache.getText().strip());
        }
        return all.stream().filter(folder -> !folder.startsWith("/") || folder.contains("'")).findFirst().orElse(null);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            (agent == null && vaults.size() < 2 ? agentFile : vault).setFocus();
        }
    }

    /** Remembers what is no secret. */
    void remember() {
        remembered.put(Remembered.PACKAGE, agentFile.getText().strip());
    }

    /** Writes what is no secret. */
    void save(Draft draft) {
        draft.put("vault.id", choice().vault().id());
        draft.put("vault.name", choice().vault().name());
        draft.put("options.days", String.valueOf(days()));
        draft.put("options.policy", policy() == null ? "" : policy());
        draft.put("options.upgrade", String.valueOf(upgrade.getSelection()));
        draft.put("options.parallel", String.valueOf(parallel.getSelection()));
        fields().forEach((key, field) -> draft.put("options." + key, field.getText()));
    }

    private Map<String, Text> fields() {
        return Map.of("tags", tags, "folders", folders, "package", agentFile, "proxy", proxy, "proxyUser", proxyUser,
                "install", install, "home", home, "cache", cache);
    }

    /** Shows what was written; secrets are to be entered again. */
    void restore(Draft draft) {
        for (int i = 0; i < vaults.size(); i++) {
            if (vaults.get(i).vault().id().equals(draft.get("vault.id", ""))) {
                vault.select(i);
                showVault();
            }
        }
        policy.select(1 + policies.indexOf(draft.get("options.policy", "")));
        days.setSelection(number(draft, "options.days", days));
        parallel.setSelection(number(draft, "options.parallel", parallel));
        upgrade.setSelection(Boolean.parseBoolean(draft.get("options.upgrade", "")));
        fields().forEach((key, field) -> field.setText(draft.get("options." + key, field.getText())));
        changed();
    }

    private static int number(Draft draft, String key, Spinner otherwise) {
        String text = draft.get(key, "");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise.getSelection();
    }

    /** The vault to register with. */
    VaultChoice choice() {
        return vaults.get(Math.max(0, vault.getSelectionIndex()));
    }

    /** For how long the vault credentials file counts. */
    int days() {
        return days.getSelection();
    }

    /** Name of the policy, or null for the vault's default. */
    @Nullable
    String policy() {
        int index = policy.getSelectionIndex();
        return index <= 0 ? null : policies.get(index - 1);
    }

    List<String> tags() {
        return Stream.of(tags.getText().split("[\\s,]+")).filter(word -> !word.isEmpty()).distinct().toList();
    }

    private List<String> folders() {
        return folders == null ? List.of()
                : Stream.of(folders.getText().split(";")).map(String::strip).filter(f -> !f.isEmpty()).distinct()
                        .toList();
    }

    /** The package, when the page is complete. */
    @Nullable
    AgentPackage agent() {
        return agent;
    }

    /** {@code host:port} of the proxy, or null. */
    @Nullable
    String proxy() {
        String way = proxy.getText().strip();
        return way.isEmpty() ? null : way;
    }

    /** All of it, with secrets of its own that the caller wipes. */
    Options options() {
        String way = proxy();
        String name = proxyUser.getText().strip();
        Proxy by = way == null ? null
                : new Proxy(way, name.isEmpty() ? null : name, name.isEmpty() ? null : proxyPassword.getTextChars());
        String own = cache.getText().strip();
        return Options.DEFAULT.assigning(policy(), tags(), folders()).through(by).upgrading(upgrade.getSelection())
                .parallel(parallel.getSelection()).at(new Places(install.getText().strip(), home.getText().strip(),
                        own.isEmpty() ? null : own, Places.DEFAULT.staging()));
    }
}
