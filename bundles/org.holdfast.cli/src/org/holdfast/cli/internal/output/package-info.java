/** What a person or program gets: tables, progress, JSON. */
package org.holdfast.cli.internal.output;
