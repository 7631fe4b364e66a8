package org.holdfast.source.files;

import org.holdfast.api.spi.source.SourceProvider;

/** The implementation for systems that have none of their own. */
class NioSourceTest extends SourceContract {
    @Override
    SourceProvider provider() {
        return new NioProvider();
    }
}
