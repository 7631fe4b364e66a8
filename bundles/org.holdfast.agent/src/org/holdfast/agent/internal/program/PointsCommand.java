package org.holdfast.agent.internal.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.jobs.Domains;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;

import picocli.CommandLine.Command;

/** Lists recovery points. */
@Command(name = "points", description = "Lists the recovery points of this server, oldest first.")
final class PointsCommand extends AgentCommand {
    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        Registration registration = registered(home);
        Parts parts = environment().maker().parts(home);
        var target = new Connector.Target(registration.addresses(), registration.ca(), home.chainFile(),
                home.keyFile());
        var domains = new Domains(registration, parts.keys(),
                parts.connector().stores(target, UUID.randomUUID().toString()), parts.files());
        try (OpenVault vault = domains.browse(parts.clock())) {
            List<PointSummary> points = vault.points();
            if (json()) {
                json(points.stream().map(PointsCommand::facts).toList());
            } else {
                points.forEach(p -> out().println(String.format("%s  %s  %-23s %9d files %14d bytes", p.id(), p.time(),
                        p.state().name().toLowerCase(Locale.ROOT).replace('_', ' '), p.files(), p.bytes())));
            }
        }
        return Program.DONE;
    }

    private static Map<String, Object> facts(PointSummary p) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", p.id());
        facts.put("time", p.time());
        facts.put("state", p.state());
        facts.put("items", p.items().stream().map(Object::toString).toList());
        facts.put("files", p.files());
        facts.put("bytes", p.bytes());
        facts.put("storedBytes", p.storedBytes());
        facts.put("warnings", p.warnings());
        return facts;
    }
}
