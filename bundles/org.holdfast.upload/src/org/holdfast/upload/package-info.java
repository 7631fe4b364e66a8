/**
 * The queue between the engine and a store that is far away: parallel transfers, retries with back-off, a bandwidth
 * calendar, and a spool on disk for what is sealed and not yet sent.
 */
@Version("1.0.0")
package org.holdfast.upload;

import org.osgi.annotation.versioning.Version;
