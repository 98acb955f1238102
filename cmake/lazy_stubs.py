"""Writes assembly that stands in for shared libraries until a function of theirs is called (x86-64, System V).

usage: lazy_stubs.py NM OUT.S LIBRARY... -- OBJECT...

For every function of a LIBRARY that an OBJECT (an archive, an object file) leaves undefined there is one of the same name that jumps
through a slot. At first the slot leads to battlemap_lazy_resolve() (lazy_resolve.cpp), which loads the library, finds the function
and puts it into the slot. Data of a library cannot be stood in for: the linker then needs that library as ever.
"""
import re
import subprocess
import sys

TEXT_HEAD = """\
  .text
  .p2align 4
{label}_resolve:
  push %rax
  push %rdi
  push %rsi
  push %rdx
  push %rcx
  push %r8
  push %r9
  push %r10
  sub $128, %rsp
{save}
  lea {label}_library(%rip), %rdi
  mov 192(%rsp), %rsi
  call battlemap_lazy_resolve
  mov %rax, %r11
{restore}
  add $128, %rsp
  pop %r10
  pop %r9
  pop %r8
  pop %rcx
  pop %rdx
  pop %rsi
  pop %rdi
  pop %rax
  add $8, %rsp
  jmp *%r11
"""


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def functions_of(nm, library):
    lines = (line.split() for line in run(nm, "-D", "--defined-only", library).splitlines())
    return {parts[2].split("@")[0] for parts in lines if len(parts) == 3 and parts[1] in "TWi"}


def soname_of(library):
    return re.search(r"Library soname: \[(.+)\]", run("readelf", "-d", library))[1]


def undefined_in(nm, objects):
    lines = (line.split() for line in run(nm, "--undefined-only", *objects).splitlines())
    return {parts[1] for parts in lines if len(parts) == 2 and parts[0] == "U"}


def stubs(label, soname, names):
    """Registers that may hold arguments (integers, doubles, how many of those, a static chain) are kept across the resolver."""
    moves = [f"movups %xmm{i}, {16 * i}(%rsp)" for i in range(8)]
    loads = [f"movups {16 * i}(%rsp), %xmm{i}" for i in range(8)]
    text = TEXT_HEAD.format(label=label, save="\n".join(f"  {m}" for m in moves), restore="\n".join(f"  {m}" for m in loads))
    for i, name in enumerate(names):
        text += (f"  .globl {name}\n  .hidden {name}\n  .type {name}, @function\n"
                 f"{name}:\n  jmp *{label}_slots+{8 * i}(%rip)\n  .size {name}, .-{name}\n"
                 f"{label}_first_{i}:\n  push ${i}\n  jmp {label}_resolve\n")
    text += "  .section .rodata\n" + f'{label}_soname: .asciz "{soname}"\n'
    text += "".join(f'{label}_name_{i}: .asciz "{name}"\n' for i, name in enumerate(names))
    text += "  .section .data.rel.local, \"aw\"\n  .p2align 3\n"
    text += f"{label}_slots:\n" + "".join(f"  .quad {label}_first_{i}\n" for i in range(len(names)))
    text += f"{label}_names:\n" + "".join(f"  .quad {label}_name_{i}\n" for i in range(len(names)))
    return text + f"{label}_library:\n  .quad {label}_soname, {label}_slots, {label}_names, {len(names)}, 0\n"


def main(nm, out, *rest):
    libraries, objects = rest[:rest.index("--")], rest[rest.index("--") + 1:]
    wanted = undefined_in(nm, objects)
    text = ""
    for number, library in enumerate(libraries):
        names = sorted(functions_of(nm, library) & wanted)
        wanted -= set(names)
        text += stubs(f".Llazy_{number}", soname_of(library), names) if names else ""
    with open(out, "w", encoding="ascii") as file:
        file.write(text + '  .section .note.GNU-stack, "", @progbits\n')


if __name__ == "__main__":
    main(*sys.argv[1:])
