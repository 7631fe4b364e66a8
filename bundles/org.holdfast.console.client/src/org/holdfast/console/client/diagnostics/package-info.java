/** What helps to find out why a console does not do what it should, in one file to be sent to somebody. */
@Version("1.0.0")
package org.holdfast.console.client.diagnostics;

import org.osgi.annotation.versioning.Version;
