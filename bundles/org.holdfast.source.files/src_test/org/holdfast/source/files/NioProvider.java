package org.holdfast.source.files;

import java.io.IOException;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.source.files.internal.nio.NioSource;
import org.holdfast.source.files.internal.nio.NioTarget;

/** What {@link FilesSourceProvider} is on other systems. */
final class NioProvider implements SourceProvider {
    @Override
    public String type() {
        return "files";
    }

    @Override
    public Source open() {
        return new NioSource();
    }

    @Override
    public RestoreTarget openTarget(RawPath directory) throws IOException {
        return NioTarget.open(directory);
    }
}
