package org.holdfast.console.vaults.internal.editor;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;

/** Removes an empty vault, once its name was typed. */
final class DeleteVaultDialog {
    private DeleteVaultDialog() {
    }

    static void open(Shell shell, Row<VaultSummary> row) {
        String name = row.value().name();
        Asking.ask(shell, NLS.bind(Messages.reading, name), row.session().api().vaults().read(name),
                vault -> new ConfirmDialog(shell, new ConfirmDialog.Question("deleteVault", Messages.deleteVault_title,
                        NLS.bind(Messages.deleteVault_text, name, row.session().connection().name()),
                        Messages.deleteVault_verb, name, Messages.deleteVault_name),
                        () -> row.session().api().vaults().delete(name, vault.etag()), () -> {
                        }).open());
    }
}
