package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.fleet.AuditCalls;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.people.AuditView;

/**
 * Writes the audit as comma separated values (RFC 4180) in UTF-8. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front, as <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a> advises:
 * whoever fails to sign in chooses what is written as his name.
 */
public final class AuditCsv {
    private static final String END = "\r\n";
    private static final String HEAD = "seq,at,actor,origin,action,target,vault,result,details,hash";

    private AuditCsv() {
    }

    /**
     * Reads everything that is wanted and writes it; blocks. The file appears only when it is complete.
     *
     * @param query which entries
     * @param read told how many have been written
     * @param cancelled asked between the parts
     * @return number of entries
     * @throws CancellationException when it was cancelled
     */
    public static long write(Path file, AuditCalls calls, ListQuery query, LongConsumer read,
            BooleanSupplier cancelled) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long count = 0;
        try {
            try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                writer.write(HEAD + END);
                @Nullable String after = null;
                do {
                    if (cancelled.getAsBoolean()) {
                        throw new CancellationException();
                    }
                    Page<AuditView> page = page(calls, query.limitedTo(ListQuery.MAX).after(after));
                    for (AuditView entry : page.items()) {
                        writer.write(line(entry) + END);
                    }
                    count += page.items().size();
                    read.accept(count);
                    after = page.next();
                } while (after != null);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Page<AuditView> page(AuditCalls calls, ListQuery query) throws IOException {
        try {
            return calls.list(query).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        }
    }

    /** One entry, without the end of the line. */
    public static String line(AuditView entry) {
        return List.of(Long.toString(entry.seq()), entry.at().toString(), Csv.safe(entry.actor()),
                Csv.safe(entry.origin()),
                Csv.safe(entry.action()), Csv.safe(entry.target()), Csv.safe(entry.vault()), Csv.safe(entry.result()),
                Csv.safe(entry.details()), entry.hash()).stream().map(Csv::quoted).collect(Collectors.joining(","));
    }
}
