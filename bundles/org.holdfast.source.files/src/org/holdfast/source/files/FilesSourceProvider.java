package org.holdfast.source.files;

import java.io.IOException;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.source.files.internal.linux.LinuxSource;
import org.holdfast.source.files.internal.linux.LinuxTarget;
import org.holdfast.source.files.internal.nio.NioSource;
import org.holdfast.source.files.internal.nio.NioTarget;
import org.osgi.service.component.annotations.Component;

/**
 * Files and directories of this machine. On Linux (x86_64 and aarch64) everything the file system knows is read and
 * restored by system calls relative to open directories; elsewhere as much as the Java library offers.
 */
@Component(service = SourceProvider.class)
public final class FilesSourceProvider implements SourceProvider {
    @Override
    public String type() {
        return "files";
    }

    @Override
    public Source open() {
        return LinuxSource.isSupported() ? new LinuxSource() : new NioSource();
    }

    @Override
    public RestoreTarget openTarget(RawPath directory) throws IOException {
        return LinuxSource.isSupported() ? LinuxTarget.open(directory) : NioTarget.open(directory);
    }
}
