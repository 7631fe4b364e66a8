package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;

/** What can be set for a server, and where. */
public final class PropertiesPage implements ServerPage {
    private final ServerWords words;
    private final PolicyText text;
    private OpenServer server;
    private Bar bar;
    private FactTable table;

    /** Called by the editor. */
    @Inject
    public PropertiesPage(ServerWords words) {
        this.words = words;
        text = new PolicyText(words.formats());
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open).add("properties.change", Messages.overview_properties, "server.manage",
                () -> ChangePropertiesWizard.open(parent.getShell(), server.row()));
        table = new FactTable(parent, "properties.table", Messages.properties_table);
    }

    @Override
    public void update() {
        bar.update();
        table.show(facts(server.summary()));
    }

    private List<Fact> facts(ServerSummary s) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(Messages.properties_name, s.name(), Icon.SERVER));
        facts.add(new Fact(Messages.properties_tags, s.tags().isEmpty() ? Messages.properties_none
                : String.join(", ", s.tags()), Icon.TAG));
        s.labels().forEach((name, value) -> facts.add(Fact.of(name, value)));
        facts.add(Fact.of(Messages.policy_bandwidth, bandwidth(s)));
        facts.add(Fact.of(Messages.properties_host, s.hostname()));
        facts.add(Fact.of(Messages.properties_addresses, String.join(", ", s.addresses())));
        facts.add(Fact.of(Messages.properties_proxy, Messages.properties_onServer));
        facts.add(Fact.of(Messages.properties_passphrase, Messages.properties_passphraseText));
        facts.add(Fact.of(Messages.properties_registered, words.time(s.registered())));
        facts.add(Fact.of(Messages.properties_id, s.id()));
        return facts;
    }

    private String bandwidth(ServerSummary s) {
        VaultPolicy known = s.policy() == null ? null
                : server.session().live().policies().get(s.vault() + '/' + s.policy());
        Policy policy = known == null ? null : known.policy();
        return policy == null ? Messages.properties_none : text.bandwidth(policy.bandwidth());
    }

    @Override
    public void focus() {
        table.table().enter();
    }
}
