namespace HopsKafka.Tool.Completion;

/// <summary>
/// The scripts. Each calls the tool of the command line with System.CommandLine's directive <c>[suggest:POSITION] "LINE"</c>; if the tool
/// suggests nothing, the shell completes file names. Names of groups and subjects come from other users: each shell treats them as text, never as code.
/// </summary>
internal static class CompletionScript
{
    private const string Bash = """
        # bash: source <(hops-kafka completion bash)
        _hops_kafka() {
          local word broken= current=${COMP_WORDS[COMP_CWORD]} typed=${COMP_LINE:0:COMP_POINT}
          typed=${typed##*[[:space:]]}
          # bash takes a colon for the end of a word
          if [[ $typed == *:* && $COMP_WORDBREAKS == *:* ]]; then
            current=$typed broken=${typed%"${typed##*:}"}
          fi
          COMPREPLY=()
          while IFS= read -r word; do
            if [[ -n $word && $word == "$current"* ]]; then
              printf -v word %q "${word#"$broken"}"
              COMPREPLY+=("$word")
            fi
          done < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
        }
        complete -o default -F _hops_kafka avro-producer avro-consumer hops-kafka

        """;

    private const string Zsh = """
        # zsh: source <(hops-kafka completion zsh)
        _hops_kafka() {
          local -a found
          found=(${(f)"$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
          if (( $#found )); then compadd -- $found; else _files; fi
        }
        compdef _hops_kafka avro-producer avro-consumer hops-kafka

        """;

    private const string Fish = """
        # fish: hops-kafka completion fish | source
        function __hops_kafka
          set -l line (commandline -cp)
          set -l words (commandline -cpo)
          set -l found ($words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
          if test -n "$found"
            string join \n -- $found
          else
            __fish_complete_path (commandline -ct)
          end
        end
        for tool in avro-producer avro-consumer hops-kafka
          complete -c $tool -f -a '(__hops_kafka)'
        end

        """;

    private const string PowerShell = """
        # PowerShell: hops-kafka completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName avro-producer, avro-consumer, hops-kafka -ScriptBlock {
          param($word, $line, $position)
          & $line.CommandElements[0].Value "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            $text = if ($_ -match '^[\w.:/@-]+$') { $_ } else { "'" + $_.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
          }
        }

        """;

    private static readonly Dictionary<string, string> s_scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = PowerShell };

    /// <summary>The shells' names.</summary>
    public static IEnumerable<string> Shells => s_scripts.Keys;

    /// <summary>The script of a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Of(string shell) => s_scripts[shell];
}
