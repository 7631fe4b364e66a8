package org.holdfast.console.vaults.internal;

import java.util.List;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.CreateVault;

/** Last page: everything that was chosen. */
final class ReviewPage extends WizardPage {
    private final CreateVaultWizard wizard;
    private Table table;

    ReviewPage(CreateVaultWizard wizard) {
        super("review", Messages.review_title, null);
        this.wizard = wizard;
        setDescription(Messages.review_prompt);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        table = Ui.name(Ui.id(new Table(body, SWT.BORDER | SWT.FULL_SELECTION), "review.table"), Messages.review_title);
        table.setLayoutData(Ui.fill());
        table.setHeaderVisible(true);
        column(Messages.review_property, 26);
        column(Messages.review_value, 56);
        setControl(body);
    }

    private void column(String title, int chars) {
        var column = new TableColumn(table, SWT.LEFT);
        column.setText(title);
        column.setWidth(Ui.chars(table, chars));
    }

    @Override
    public void setVisible(boolean visible) {
        if (visible) {
            CreateVault vault = wizard.wanted();
            setMessage(Messages.review_prompt);
            table.removeAll();
            List.of(new String[] { Messages.column_name, vault.name() },
                    new String[] { Messages.column_connection, wizard.session().connection().name() },
                    new String[] { Messages.column_subscription, label(vault.subscription()) },
                    new String[] { Messages.column_group, label(vault.resourceGroup()) },
                    new String[] { Messages.column_region, label(vault.region()) },
                    new String[] { Messages.column_redundancy, VaultWords.redundancy(vault.redundancy()) },
                    new String[] { Messages.column_immutability, VaultWords.immutability(vault.immutability()) },
                    new String[] { Messages.column_softDelete, wizard.words().softDelete(vault.softDelete()) })
                    .forEach(line -> new TableItem(table, SWT.NONE).setText(line));
        }
        super.setVisible(visible);
    }

    private static String label(String text) {
        return text.isEmpty() ? Messages.review_none : text;
    }
}
