package org.holdfast.vault.http.internal.people;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.http.AuditSink;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.AuditEntry;
import org.holdfast.vault.people.AuditLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes calls down in the audit, and lets a second person have the say in what is critical. */
@Component(service = AuditSink.class)
public final class AuditDoor implements AuditSink {

    private static final Pattern PREFIX = Pattern.compile("^/(?:api|agent)/v1/");
    private static final Pattern VAULT = Pattern.compile("^vaults/([^/]+)(?:/.*)?$");

    private final AuditLog audit;
    private final Approvals approvals;

    /** Over the audit and the requests for approval. */
    @Activate
    public AuditDoor(@Reference AuditLog audit, @Reference Approvals approvals) {
        this.audit = audit;
        this.approvals = approvals;
    }

    @Override
    public void record(Entry entry) {
        audit.append(told(entry));
    }

    @Override
    public <T extends @Nullable Object> T with(Supplier<Entry> entry, String pin, Runnable stored,
            Callable<T> work) throws Exception {
        Entry call = entry.get();
        if (call.caller() instanceof Caller.Person person) {
            AuditEntry asked = told(call);
            // Around the audit: a request for approval is no change that the call has made.
            return approvals.guard(person.name(), PeopleDoor.roles(person), asked.action(), asked.target(),
                    asked.vault(), pin, () -> audit.with(() -> told(entry.get()), stored, work));
        }
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
