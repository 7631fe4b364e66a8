/** The editor of one server: its frame, and its own pages, which are contributed like those of plug-ins. */
package org.holdfast.console.servers.internal.editor;
