package org.holdfast.vault.http.internal.people;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
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
        audit.append(told(entry));
    }

    @Override
    public <T extends @Nullable Object> T with(Supplier<Entry> entry, Runnable stored, Callable<T> work)
            throws Exception {
        return audit.with(() -> told(entry.get()), stored, work);
    }

    private static AuditEntry told(Entry entry) {
        String target = PREFIX.matcher(entry.target()).replaceFirst("");
        Matcher vault = VAULT.matcher(target);
        return new AuditEntry(entry.caller().name(), entry.address(), entry.action(), target,
                vault.matches() ? vault.group(1) : "", entry.result(),
                entry.detail() == null ? "" : entry.detail());
    }
}
