package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Ui;

/** Who, what, when, with which result, and on which vault server: what the audit is filtered by. */
final class AuditBar {
    private static final List<Duration> PERIODS = List.of(Duration.ofDays(1), Duration.ofDays(7),
            Duration.ofDays(30));

    private final FilterField who;
    private final FilterField what;
    private final Combo period;
    private final Combo result;
    private final Combo vaultServer;
    private final Composite actions;
    private final Label count;
    private final Consumer<AuditQuery> changed;
    private String whoText = "";
    private String whatText = "";

    /**
     * @param changed told what is wanted
     * @param chosen told the vault server that was chosen, by its place in the list
     */
    AuditBar(Composite parent, Consumer<AuditQuery> changed, Consumer<Integer> chosen) {
        this.changed = changed;
        var bar = new Composite(parent, SWT.NONE);
        bar.setLayout(Ui.grid(6, 2));
        bar.setLayoutData(Ui.wide());
        vaultServer = combo(bar, "audit.server", Messages.audit_server, () -> {
        });
        vaultServer.addListener(SWT.Selection, e -> chosen.accept(vaultServer.getSelectionIndex()));
        who = new FilterField(bar, "audit.who", Messages.audit_who, text -> {
            whoText = text;
            tell();
        });
        who.control().setLayoutData(Ui.wide());
        what = new FilterField(bar, "audit.what", Messages.audit_what, text -> {
            whatText = text;
            tell();
        });
        what.control().setLayoutData(Ui.wide());
        period = combo(bar, "audit.period", Messages.audit_period, this::tell);
        period.setItems(Messages.audit_day, Messages.audit_week, Messages.audit_month, Messages.audit_always);
        result = combo(bar, "audit.result", Messages.column_result, this::tell);
        result.setItems(Messages.audit_any, Messages.audit_onlyOk, Messages.audit_onlyNotOk);
        count = Ui.id(new Label(bar, SWT.NONE), "audit.count");
        count.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        actions = new Composite(bar, SWT.NONE);
        var line = new RowLayout(SWT.HORIZONTAL);
        line.marginTop = 0;
        line.marginBottom = 0;
        line.marginLeft = 0;
        actions.setLayout(line);
        var data = Ui.wide();
        data.horizontalSpan = 6;
        actions.setLayoutData(data);
        clear();
    }

    private static Combo combo(Composite bar, String id, String name, Runnable changed) {
        var combo = Ui.name(Ui.id(new Combo(bar, SWT.READ_ONLY), id), name);
        combo.setToolTipText(name);
        combo.addListener(SWT.Selection, e -> changed.run());
        return combo;
    }

    /** Where buttons go. */
    Composite actions() {
        return actions;
    }

    /** Arrow down goes from the fields to these rows. */
    void setRows(DataTable<?> rows) {
        what.setRows(rows);
        who.setRows(rows);
    }

    /** What is wanted. */
    AuditQuery query() {
        int back = period.getSelectionIndex();
        return new AuditQuery(whoText, whatText, back < PERIODS.size() ? PERIODS.get(back) : null,
                AuditQuery.Result.values()[result.getSelectionIndex()]);
    }

    private void tell() {
        changed.accept(query());
    }

    /** Takes all filters away without telling. */
    void clear() {
        whoText = "";
        whatText = "";
        who.reset();
        what.reset();
        period.select(PERIODS.size());
        result.select(0);
    }

    /** Shows how many there are. */
    void count(String text) {
        if (!text.equals(count.getText())) {
            count.setText(text);
            count.requestLayout();
        }
    }

    /** Shows the vault servers; hidden while there is one only. */
    void vaultServers(List<String> names, int chosen) {
        if (!names.equals(List.of(vaultServer.getItems()))) {
            vaultServer.setItems(names.toArray(String[]::new));
        }
        vaultServer.select(chosen);
        boolean needed = names.size() > 1;
        if (vaultServer.getLayoutData() == null || vaultServer.getVisible() != needed) {
            vaultServer.setVisible(needed);
            var data = new GridData();
            data.exclude = !needed;
            vaultServer.setLayoutData(data);
            vaultServer.requestLayout();
        }
    }
}
