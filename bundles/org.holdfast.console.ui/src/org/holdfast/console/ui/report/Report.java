package org.holdfast.console.ui.report;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes what the console knows into a file that a person has chosen under <em>File > Reports</em>. Bundles contribute
 * reports through the extension point {@code org.holdfast.console.ui.report}.
 * <p>
 * One object is made for each window of reports, by injection: the constructor may ask for services of the workbench
 * and of OSGi with {@code jakarta.inject.Inject}; a public constructor without parameters does as well.
 */
@FunctionalInterface
public interface Report {
    /**
     * Writes the report. Called on a background thread, and may take its time; the file appears only when it is
     * complete.
     *
     * @param data rows and figures of all vault servers that are connected
     * @param out need not be closed
     * @throws IOException when it cannot be written, which is told with its message
     */
    void write(ReportData data, OutputStream out) throws IOException;
}
