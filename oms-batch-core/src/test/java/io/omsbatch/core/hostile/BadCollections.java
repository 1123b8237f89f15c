package io.omsbatch.core.hostile;

import io.omsbatch.api.Limits;
import java.util.AbstractList;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collections that no caller should pass. */
final class BadCollections {

    /** More than any request may have, and more than should be looked at. */
    static final int TOO_MANY = 10_000_001;

    private BadCollections() {}

    /** Says that it has more elements than are allowed, and fails who looks at more than the 1 000 that may be kept. */
    static final class Huge<T> extends AbstractList<T> {

        private final T element;

        Huge(T element) {
            this.element = element;
        }

        @Override
        public T get(int index) {
            if (index > Limits.ITEMS) {
                throw new AssertionError("10 000 001 elements were looked at before they were refused");
            }
            return element;
        }

        @Override
        public int size() {
            return TOO_MANY;
        }

        @Override
        public String toString() {
            return "10 000 001 elements";
        }
    }

    /** The same as a set. */
    static final class HugeSet<T> extends AbstractSet<T> {

        private final List<T> elements;

        HugeSet(T element) {
            elements = new Huge<>(element);
        }

        @Override
        public Iterator<T> iterator() {
            return elements.iterator();
        }

        @Override
        public int size() {
            return TOO_MANY;
        }

        @Override
        public String toString() {
            return elements.toString();
        }
    }

    /** Throws when it is looked at. */
    static final class Throwing<T> extends AbstractList<T> {

        @Override
        public T get(int index) {
            throw new Hostile.Thrown();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** The same as a set. */
    static final class ThrowingSet<T> extends AbstractSet<T> {

        @Override
        public Iterator<T> iterator() {
            throw new Hostile.Thrown();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** Says that it has three elements, and has as many as it is given; never ends if those are more than are allowed. */
    static final class Lying<T> extends AbstractList<T> {

        private final T element;
        private final int has;

        Lying(T element, int has) {
            this.element = element;
            this.has = has;
        }

        @Override
        public T get(int index) {
            return iterator().next();
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public Iterator<T> iterator() {
            return new Iterator<>() {
                private int given;

                @Override
                public boolean hasNext() {
                    return given < has;
                }

                @Override
                public T next() {
                    given++;
                    if (given > Limits.ITEMS) {
                        throw new AssertionError("a collection that says it has 3 elements was looked at for ever");
                    }
                    return element;
                }
            };
        }

        @Override
        public String toString() {
            return has + " elements that say they are 3";
        }
    }

    /** The same as a set. */
    static final class LyingSet<T> extends AbstractSet<T> {

        private final List<T> elements;

        LyingSet(T element, int has) {
            elements = new Lying<>(element, has);
        }

        @Override
        public Iterator<T> iterator() {
            return elements.iterator();
        }

        @Override
        public int size() {
            return elements.size();
        }

        @Override
        public String toString() {
            return elements.toString();
        }
    }

    /** Somebody else changes it while it is looked at. */
    static final class Changing<T> extends AbstractList<T> {

        private final T element;

        Changing(T element) {
            this.element = element;
        }

        @Override
        public T get(int index) {
            modCount++;
            return element;
        }

        @Override
        public int size() {
            return 2;
        }
    }

    /** A list in which the list itself is, so that its hash is never known. */
    static List<Object> listOfItself() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return itself;
    }

    /** The same as a set. */
    static Set<Object> setOfItself() {
        Set<Object> itself = new LinkedHashSet<>();
        itself.add(itself);
        return itself;
    }
}
