/**
 * A vault, its nodes, its agents and its store in one thread at a time: the real code of sessions, commits, retention,
 * collection, compaction, scrub and healing runs on a virtual clock, over a store that fails in every way its contract
 * allows, in an order that a seed decides. No product contains this.
 */
package org.holdfast.simulation;
