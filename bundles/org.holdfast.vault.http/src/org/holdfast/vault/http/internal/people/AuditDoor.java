package org.holdfast.vault.http.internal.people;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.vault.http.AuditSink;
import org.holdfast.vault.people.AuditEntry;
import org.holdfast.vault.people.AuditLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes calls down in the audit. */
@Component(service = AuditSink.class)
public final class AuditDoor implements AuditSink {

    private static final Pattern PREFIX = Pattern.compile("^/(?:api|agent)/v1/");
    private static final Pattern VAULT = Pattern.compile("^vaults/([^/]+)(?:/.*)?$");

    private final AuditLog audit;

    /** Over the audit. */
    @Activate
    public AuditDoor(@Reference AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void record(Entry entry) {
        String target = PREFIX.matcher(entry.target()).replaceFirst("");
        Matcher vault = VAULT.matcher(target);
        audit.append(new AuditEntry(entry.caller().name(), entry.address(), entry.action(), target,
                vault.matches() ? vault.group(1) : "", entry.result(),
                entry.detail() == null ? "" : entry.detail()));
    }
}
