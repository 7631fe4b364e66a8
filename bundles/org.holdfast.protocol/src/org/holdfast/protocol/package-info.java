/**
 * What vault, agents and people say to each other: JSON documents as records, and the one mapper that reads and
 * writes them. No input or output, and nothing about how a message travels.
 */
package org.holdfast.protocol;
