/**
 * What a vault node knows, in SQL: one set of scripts and statements for H2 and PostgreSQL, transactions that are
 * retried, tables by area. No rule of the domain is here, and no chunk is a row.
 */
@Version("1.0.0")
package org.holdfast.vault.catalog;

import org.osgi.annotation.versioning.Version;
