package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.AuditCalls;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Texts;

/** Writes the audit into a file while people go on working; says at the end how it went. */
final class AuditExportJob extends Job {
    private final Path file;
    private final AuditCalls calls;
    private final ListQuery query;
    private final Formats formats;
    private final Consumer<String> told;

    /** @param told told on the job's thread how it went */
    AuditExportJob(Path file, AuditCalls calls, ListQuery query, Formats formats, Consumer<String> told) {
        super(NLS.bind(Messages.audit_exporting, file.getFileName()));
        this.file = file;
        this.calls = calls;
        this.query = query;
        this.formats = formats;
        this.told = told;
        setUser(false);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(getName(), IProgressMonitor.UNKNOWN);
        try {
            long count = AuditCsv.write(file, calls, query,
                    read -> monitor.subTask(Texts.bind(Messages.audit_count, formats.count(read))),
                    monitor::isCanceled);
            told.accept(Texts.bind(Messages.audit_exported, formats.count(count), file));
            return Status.OK_STATUS;
        } catch (CancellationException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException | RuntimeException e) {
            Failure failure = Failure.of(e);
            told.accept(NLS.bind(Messages.audit_notExported, file, failure.message()));
            return Status.OK_STATUS; // it has been told in the part
        } finally {
            monitor.done();
        }
    }
}
