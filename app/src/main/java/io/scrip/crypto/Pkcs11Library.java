package io.scrip.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The two things of a PKCS#11 library that the JDK's provider does not reach: finding a slot by its
 * token's label, since slot numbers change, and beginning anew after the token was away.
 *
 * <p>Function list, structures and numbers: PKCS #11 v2.40, base specification. A {@code CK_ULONG}
 * is taken to have eight bytes, which it has wherever a C {@code long} has.
 */
final class Pkcs11Library {
  private static final long OK = 0;
  private static final long NOT_INITIALIZED = 0x190;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final long OS_LOCKING_OK = 2;
  private static final int INITIALIZE = 0;
  private static final int FINALIZE = 1;
  private static final int GET_SLOT_LIST = 4;
  private static final int GET_TOKEN_INFO = 6;

  /** The list begins with a version of two bytes, and its pointers are aligned. */
  private static final long FIRST_FUNCTION = 8;

  private static final int LABEL_BYTES = 32;

  /** CK_TOKEN_INFO has 208 bytes; some room, for a library that thinks otherwise. */
  private static final int TOKEN_INFO_BYTES = 512;

  /** CK_C_INITIALIZE_ARGS: four callbacks, flags, a reserved pointer. */
  private static final int INITIALIZE_ARGS_BYTES = 48;

  private static final long FLAGS = 32;
  private static final int MAX_SLOTS = 1_000;

  private final Linker linker = Linker.nativeLinker();
  private final MemorySegment functions;

  /**
   * @throws IllegalArgumentException when there is no such library, or it is none of this kind
   */
  Pkcs11Library(Path file) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
    MemorySegment getFunctionList =
        symbols
            .find("C_GetFunctionList")
            .orElseThrow(() -> new IllegalArgumentException("no library of PKCS#11"));
    MemoryLayout cLong = linker.canonicalLayouts().get("long");
    if (cLong == null || cLong.byteSize() != Long.BYTES) {
      throw new IllegalArgumentException("a C long has another size here");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      MethodHandle get = handle(getFunctionList, ValueLayout.ADDRESS);
      require((long) get.invokeExact(out));
      functions = out.get(ValueLayout.ADDRESS, 0).reinterpret(FIRST_FUNCTION + 8 * 10L);
      initialize(arena);
    } catch (Pkcs11Refusal e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException("no library of PKCS#11", e);
    }
  }

  /** A return value other than CKR_OK. */
  static final class Pkcs11Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Pkcs11Refusal(long code) {
      super("the token answered 0x" + Long.toHexString(code));
    }
  }

  /**
   * @return the slots whose token has this label now
   */
  List<Long> slots(String label) {
    List<Long> found = new ArrayList<>();
    for (long slot : slots()) {
      if (labelOf(slot).equals(label)) {
        found.add(slot);
      }
    }
    return found;
  }

  /** Ends every session of this process and begins anew. */
  void restart() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle end = handle(function(FINALIZE), ValueLayout.ADDRESS);
      long code = (long) end.invokeExact(MemorySegment.NULL);
      if (code != NOT_INITIALIZED) { // an earlier try came so far and no further
        require(code);
      }
      initialize(arena);
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  private void initialize(Arena arena) throws Throwable {
    MemorySegment arguments = arena.allocate(INITIALIZE_ARGS_BYTES, Long.BYTES);
    arguments.set(ValueLayout.JAVA_LONG, FLAGS, OS_LOCKING_OK);
    MethodHandle begin = handle(function(INITIALIZE), ValueLayout.ADDRESS);
    long code = (long) begin.invokeExact(arguments);
    if (code != ALREADY_INITIALIZED) {
      require(code);
    }
  }

  private long[] slots() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment list = arena.allocate(ValueLayout.JAVA_LONG, MAX_SLOTS);
      count.set(ValueLayout.JAVA_LONG, 0, MAX_SLOTS);
      MethodHandle get =
          handle(
              function(GET_SLOT_LIST),
              ValueLayout.JAVA_BYTE,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS);
      require((long) get.invokeExact((byte) 1, list, count));
      long size = Math.min(count.get(ValueLayout.JAVA_LONG, 0), MAX_SLOTS);
      return list.asSlice(0, size * Long.BYTES).toArray(ValueLayout.JAVA_LONG);
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  private String labelOf(long slot) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
      MethodHandle get =
          handle(function(GET_TOKEN_INFO), ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
      if ((long) get.invokeExact(slot, info) != OK) {
        return ""; // a slot whose token went away since, or does not answer: not the one we want
      }
      byte[] label = info.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE);
      return new String(label, StandardCharsets.UTF_8).stripTrailing();
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  private MemorySegment function(int index) {
    return functions.get(ValueLayout.ADDRESS, FIRST_FUNCTION + index * 8L);
  }

  /** Every function answers with a CK_RV. */
  private MethodHandle handle(MemorySegment function, ValueLayout... arguments) {
    return linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
  }

  private static void require(long code) {
    if (code != OK) {
      throw new Pkcs11Refusal(code);
    }
  }

  private static RuntimeException passed(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
