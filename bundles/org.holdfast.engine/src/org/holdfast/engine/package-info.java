/** Backup, restore, browse, verify, retain and compact: pipelines over the format, sources and stores. */
package org.holdfast.engine;
