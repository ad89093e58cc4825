from walktalk.web.smaller import smaller_script, smaller_style


def test_a_style_sheet_keeps_its_texts_and_the_spaces_that_mean_something() -> None:
    style = """
    /* what it is for */
    .a :is(p, li) > b, .c {
      width: calc(1rem + 2px);
      content: "x ; y > /* z */";
    }
    @media (min-width: 700px) { .a { color: red; } }
    """
    assert smaller_style(style) == (
        '.a :is(p,li)>b,.c{width:calc(1rem + 2px);content:"x ; y > /* z */"}'
        "@media (min-width:700px){.a{color:red}}"
    )


def test_a_script_keeps_its_lines() -> None:
    script = "// what it is for\nif (a) {\n  // why\n  b = `//${c}`;\n}\n"
    assert smaller_script(script) == "if (a) {\nb = `//${c}`;\n}\n"
