package org.holdfast.simulation;

import java.util.TreeMap;

/** The objects themselves, as they truly are. */
final class Place {
    private final TreeMap<String, Blob> blobs = new TreeMap<>();
    private String hidden;

    /**
     * An object.
     *
     * @param bytes its bytes
     * @param appeared when, in milliseconds of the run
     */
    record Blob(byte[] bytes, long appeared) {
    }

    /** Another place with the same objects. */
    Place copy() {
        Place copy = new Place();
        copy.blobs.putAll(blobs);
        return copy;
    }

    /** Lists show nothing of a kind for a while. */
    void hide(String prefix) {
        hidden = prefix;
    }

    /** Lists show everything again. */
    void show() {
        hidden = null;
    }

    boolean add(String name, byte[] bytes, long now) {
        return blobs.putIfAbsent(name, new Blob(bytes, now)) == null;
    }

    /** What no store may do. */
    void replace(String name, byte[] bytes, long now) {
        blobs.put(name, new Blob(bytes, now));
    }

    Blob get(String name) {
        return blobs.get(name);
    }

    boolean remove(String name) {
        return blobs.remove(name) != null;
    }

    TreeMap<String, Blob> starting(String prefix) {
        if (prefix.equals(hidden)) {
            return new TreeMap<>();
        }
        // Names are ASCII, so this is behind every one that starts like that.
        return new TreeMap<>(blobs.subMap(prefix, prefix + Character.MAX_VALUE));
    }
}
