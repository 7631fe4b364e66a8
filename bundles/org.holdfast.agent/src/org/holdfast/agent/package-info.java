/**
 * The program on a protected server: it registers, takes policies in, runs jobs on schedule and on demand, and tells
 * the vault what happens. One outbound connection, no open port.
 */
package org.holdfast.agent;
